package io.marketpipeline.maven.it;

/** The goals inside the oldest Maven that is supported. */
class OldestMavenContractIT extends PluginBehaviour {
    OldestMavenContractIT() {
        super(Maven.oldest());
    }
}
