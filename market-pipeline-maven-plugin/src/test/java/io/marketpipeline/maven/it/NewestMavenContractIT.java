package io.marketpipeline.maven.it;

/** The goals inside the newest Maven. */
class NewestMavenContractIT extends PluginBehaviour {
    NewestMavenContractIT() {
        super(Maven.newest());
    }
}
