package io.marketpipeline.local.function.runtime;

import com.amazonaws.services.lambda.runtime.Context;

/** A handler of any of Lambda's shapes, from the event's bytes to the answer's. */
interface InvocationHandler {
    byte[] handle(byte[] event, Context context) throws Exception;
}
