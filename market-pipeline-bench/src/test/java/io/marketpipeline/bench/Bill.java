package io.marketpipeline.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** What AWS bills for events, by the price list in {@code prices.properties}. */
final class Bill {
    private final Properties prices = new Properties();

    Bill() {
        try (InputStream in = Objects.requireNonNull(Bill.class.getResourceAsStream("prices.properties"))) {
            prices.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What one event takes.
     *
     * @param writeUnits of both tables with their indexes
     * @param busEvents custom events of 64 KB
     * @param queueRequests to send, receive and delete, by 64 KB
     * @param invocations of the function
     * @param gbSeconds of the function
     */
    record Usage(double writeUnits, double busEvents, double queueRequests, double invocations, double gbSeconds) {}

    String date() {
        return prices.getProperty("date");
    }

    /** Dollars a million events, with writes paid by the request. */
    double perMillion(Usage usage) {
        return usage.writeUnits * price("dynamodb.write.million") + withoutWrites(usage);
    }

    /**
     * Dollars a million events, with provisioned write capacity.
     *
     * @param utilization share of the capacity that is used, over the day
     */
    double perMillionProvisioned(Usage usage, double utilization) {
        double unitSeconds = usage.writeUnits * 1e6 / utilization;
        return unitSeconds / 3600 * price("dynamodb.wcu.hour") + withoutWrites(usage);
    }

    private double withoutWrites(Usage usage) {
        return usage.busEvents * price("eventbridge.event.million")
                + usage.queueRequests * price("sqs.request.million")
                + usage.invocations * price("lambda.request.million")
                + usage.gbSeconds * 1e6 * price("lambda.gbs.arm64");
    }

    /** What the calculation supposes, see the price list. */
    double assumed(String name) {
        return price("assumed." + name);
    }

    private double price(String name) {
        return Double.parseDouble(prices.getProperty(name));
    }
}
