package io.marketpipeline.maven.it;

/** The goals inside the Maven, and on the Java, of this build. */
class GoalsIT extends PluginBehaviour {
    GoalsIT() {
        super(Maven.ofThisBuild());
    }
}
