package io.marketpipeline.local.gateway;

import org.eclipse.jetty.server.Handler;

/**
 * A service whose engine speaks the wire protocol itself. What comes over the wire for an operation that the engine
 * answers whole goes to it untouched; the rest, and all calls in process, take {@link #operations()}.
 */
public interface EngineService extends AwsService {
    /** Whether the engine answers this operation by itself when it comes over the wire as AWS JSON. */
    boolean answersItself(String operation);

    /** The engine's handler; the gateway gives it a request whose body is not read yet. */
    Handler engine();
}
