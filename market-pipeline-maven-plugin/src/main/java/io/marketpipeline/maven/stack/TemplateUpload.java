package io.marketpipeline.maven.stack;

/** Puts a template that is too large for a request where CloudFormation can read it. */
@FunctionalInterface
public interface TemplateUpload {
    /** Uploads the template, unless it is there, and returns its URL. */
    String url(String template);
}
