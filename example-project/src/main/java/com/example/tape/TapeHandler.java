package com.example.tape;

import io.marketpipeline.lambda.MarketPipelineHandler;

/** What the function runs. */
public final class TapeHandler extends MarketPipelineHandler {
    public TapeHandler() {
        super(TapeProcessor::new);
    }
}
