package io.marketpipeline.local.gateway;

import java.net.URI;

/**
 * Where and for whom an operation runs.
 *
 * @param region the region of the endpoint
 * @param accountId the 12 digits of the account of the endpoint
 * @param endpoint the endpoint's own address, without a path
 * @param requestId the id that the answer carries
 */
public record CallContext(String region, String accountId, URI endpoint, String requestId) {}
