package io.marketpipeline.local.gateway;

import java.util.Map;

/**
 * One AWS service: a set of named operations on protocol-neutral JSON. Input and output have the member names of the
 * service's public API ({@code FunctionName}, {@code StackName}); the gateway alone knows wire protocols.
 *
 * <p>A service that holds threads, processes or files also implements {@link AutoCloseable}; the endpoint closes it when
 * it ends, in the reverse order of registration.
 */
public interface AwsService {
    /** The name in {@link ServiceCalls} and in the credential scope of a signed request, such as {@code lambda}. */
    String name();

    /** The operations by API name, such as {@code CreateFunction}. What is not here is refused by name. */
    Map<String, Operation> operations();
}
