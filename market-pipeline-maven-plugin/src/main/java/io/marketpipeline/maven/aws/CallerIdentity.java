package io.marketpipeline.maven.aws;

/**
 * Who the credentials belong to.
 *
 * @param account the account's 12 digits
 * @param arn the user or role
 */
public record CallerIdentity(String account, String arn) {}
