package io.marketpipeline.maven.it;

/** The goals with Maven, endpoint and function on Java 25. */
class Java25ContractIT extends PluginBehaviour {
    Java25ContractIT() {
        super(Maven.newestOnJava25());
    }
}
