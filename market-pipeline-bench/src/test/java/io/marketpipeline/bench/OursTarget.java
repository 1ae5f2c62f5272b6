package io.marketpipeline.bench;

import io.marketpipeline.lambda.MarketPipelineHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The library's handler as it is, one event an invocation, or an array of events. */
final class OursTarget implements Target {
    /** As many as one statement call takes, so that a batch stays on one thread. */
    static final int BATCH = 25;

    private final MarketPipelineHandler handler;
    private final BenchContext context = new BenchContext();
    private final List<byte[]> payloads;
    private final int batch;

    OursTarget(MarketPipelineHandler handler, List<byte[]> ticks, int batch) {
        this.handler = handler;
        this.batch = batch;
        this.payloads = batch == 1 ? ticks : arrays(ticks, batch);
    }

    private static List<byte[]> arrays(List<byte[]> ticks, int batch) {
        List<byte[]> arrays = new ArrayList<>();
        for (int i = 0; i + batch <= ticks.size(); i += batch) {
            ByteArrayOutputStream array = new ByteArrayOutputStream();
            for (int j = 0; j < batch; j++) {
                array.write(j == 0 ? '[' : ',');
                array.writeBytes(ticks.get(i + j));
            }
            array.write(']');
            arrays.add(array.toByteArray());
        }
        return arrays;
    }

    @Override
    public int invoke(int number) throws IOException {
        byte[] payload = payloads.get(number % payloads.size());
        handler.handleRequest(new ByteArrayInputStream(payload), new ByteArrayOutputStream(256), context);
        return batch;
    }
}
