package io.marketpipeline.local.cloudformation.resource;

import java.security.SecureRandom;

/** Makes names as CloudFormation does: stack, logical id and 12 random characters, cut to the type's limit. Thread-safe. */
final class PhysicalNames {
    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final int RANDOM = 12;

    private final SecureRandom random = new SecureRandom();

    String generate(String stackName, String logicalId, int maxLength) {
        StringBuilder suffix = new StringBuilder("-");
        for (int i = 0; i < RANDOM; i++) {
            suffix.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        int room = maxLength - suffix.length() - 1;
        int ofStack = Math.min(stackName.length(), Math.max(room / 2, room - logicalId.length()));
        int ofId = Math.min(logicalId.length(), room - ofStack);
        return stackName.substring(0, ofStack) + "-" + logicalId.substring(0, ofId) + suffix;
    }
}
