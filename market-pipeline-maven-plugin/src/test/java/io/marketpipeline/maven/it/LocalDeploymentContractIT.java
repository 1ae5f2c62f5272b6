package io.marketpipeline.maven.it;

import java.nio.file.Path;

/** A pipeline's life at the local endpoint, which lacks nothing. */
class LocalDeploymentContractIT extends DeploymentBehaviour {
    @Override
    DeploymentEndpoint start(Path logs) throws Exception {
        return DeploymentEndpoint.local();
    }

    @Override
    boolean findsTakenNamesBeforehand() {
        return true;
    }

    @Override
    String losingSwitch() {
        return "-Darchive=false";
    }

    @Override
    String lost() {
        return "EventArchive (AWS::Events::Archive";
    }
}
