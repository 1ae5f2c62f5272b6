package io.marketpipeline.maven.config;

/**
 * Provisioned throughput.
 *
 * @param read read units a second
 * @param write write units a second
 */
public record Capacity(int read, int write) {}
