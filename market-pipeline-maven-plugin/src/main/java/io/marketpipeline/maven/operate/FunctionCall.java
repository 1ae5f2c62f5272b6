package io.marketpipeline.maven.operate;

/** Gives the function a payload and waits for what it says. */
interface FunctionCall {
    /**
     * Invokes the function.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if it wasn't reached, or its answer was lost
     */
    FunctionAnswer invoke(byte[] payload);
}
