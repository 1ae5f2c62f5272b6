package io.marketpipeline.maven.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

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

    @Override
    List<String> operations() {
        return List.of(
                "publish",
                "query",
                "audit",
                "dlq",
                "redrive",
                "reconcile",
                "logs",
                "-Dfile=ticks.csv",
                "-Dawait",
                "-Dsymbol=BAC",
                "-DeventType=Trade Execution");
    }

    /** So that the policies grant no call that nobody needs: with the test of what was denied, they are what the goals do. */
    @Test
    void everyCallThatIsGrantedIsMadeOrSaidNotToBe() throws Exception {
        Set<String> goals = new TreeSet<>();
        Set<String> calls = new TreeSet<>();
        made().forEach(run -> {
            goals.addAll(run.goals());
            run.calls().forEach(call -> calls.add(GrantedCalls.name(call)));
        });
        Set<String> unmade = GrantedCalls.ofGoals(goals);
        unmade.removeAll(calls);

        assertThat(unmade)
                .as("granted, and neither made nor in calls-not-made.txt")
                .isEqualTo(GrantedCalls.neverMade().keySet());
    }
}
