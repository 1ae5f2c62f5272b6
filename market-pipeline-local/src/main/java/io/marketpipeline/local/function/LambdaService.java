package io.marketpipeline.local.function;

import io.marketpipeline.local.gateway.AwsService;
import io.marketpipeline.local.gateway.EndpointSettings;
import io.marketpipeline.local.gateway.Operation;
import io.marketpipeline.local.gateway.ServiceCalls;
import io.marketpipeline.local.metering.MetricBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Lambda for Java functions: each function runs in processes of its own. IAM roles are kept and not enforced; retries, dead
 * letters, permissions, versions, aliases and reserved concurrency work as in Lambda. Thread-safe.
 */
public final class LambdaService implements AwsService, AutoCloseable {
    private final Map<String, Operation> operations = new HashMap<>();
    private final FunctionRuntime runtime;
    private final AsyncInvoker async;
    private final SourceMappingOperations mappings;

    LambdaService(EndpointSettings settings, ServiceCalls calls, JvmLauncher launcher) {
        FunctionCatalog catalog = new FunctionCatalog(settings);
        runtime = new FunctionRuntime(settings, launcher, new LogShipper(calls), new MetricBuffer(calls));
        async = new AsyncInvoker(settings, catalog, runtime, new FailedEvents(calls, catalog, runtime));
        mappings = new SourceMappingOperations(settings, calls, catalog, runtime);
        CodeStore code = new CodeStore(settings.workFolder().resolve("function-code"));
        operations.putAll(new FunctionOperations(catalog, code, runtime, calls).operations());
        operations.putAll(new AliasOperations(catalog).operations());
        operations.putAll(new PermissionOperations(catalog).operations());
        operations.putAll(new InvokeConfigOperations(catalog).operations());
        operations.putAll(new AccountOperations(catalog).operations());
        operations.putAll(mappings.operations());
        operations.put("Invoke", new InvokeOperation(catalog, runtime, async));
    }

    /**
     * Creates the service.
     *
     * @param settings of the endpoint; function code goes to its work folder
     * @param calls to logs, cloudwatch, s3 and sqs
     * @throws UncheckedIOException if the work folder can't be written
     */
    public static LambdaService create(EndpointSettings settings, ServiceCalls calls) {
        Path folder = settings.workFolder().resolve("function-runtime");
        try {
            Files.createDirectories(folder);
            return new LambdaService(settings, calls, LoopLauncher.prepare(folder, settings.classData()));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not copy the function runtime to " + folder, e);
        }
    }

    @Override
    public String name() {
        return "lambda";
    }

    @Override
    public Map<String, Operation> operations() {
        return Map.copyOf(operations);
    }

    /** Ends all function processes. Events that wait are lost, as nothing here outlives the endpoint. */
    @Override
    public void close() {
        mappings.close();
        async.close();
        runtime.close();
    }
}
