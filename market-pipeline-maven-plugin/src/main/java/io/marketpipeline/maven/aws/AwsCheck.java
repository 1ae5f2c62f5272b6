package io.marketpipeline.maven.aws;

import io.marketpipeline.maven.config.UserFixableException;
import software.amazon.awssdk.services.sts.StsClient;

/** The check before anything else: who are we, and is it the right account. One call. */
public final class AwsCheck {
    private final AwsEnvironment environment;
    private final StsClient sts;

    /** A check of what these clients reach. */
    public AwsCheck(AwsEnvironment environment, StsClient sts) {
        this.environment = environment;
        this.sts = sts;
    }

    /**
     * Asks who the caller is.
     *
     * @throws UserFixableException without credentials, with expired or refused ones, in the wrong account, or where the
     *     endpoint can't be reached
     */
    public CallerIdentity verify() {
        CallerIdentity caller = new AwsFailures(environment)
                .during("check the credentials for environment '" + environment.name() + "'", this::caller);
        environment
                .accountId()
                .filter(wanted -> !wanted.equals(caller.account()))
                .ifPresent(wanted -> {
                    throw new UserFixableException("Environment '" + environment.name() + "' belongs to account "
                            + wanted
                            + " (<accountId>), but the credentials are those of account " + caller.account() + " ("
                            + caller.arn()
                            + "). Choose others with AWS_PROFILE, or correct <accountId>. Nothing was touched.");
                });
        return caller;
    }

    private CallerIdentity caller() {
        var answer = sts.getCallerIdentity();
        return new CallerIdentity(answer.account(), answer.arn());
    }
}
