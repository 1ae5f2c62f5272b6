package io.marketpipeline.maven.operate;

import io.marketpipeline.maven.output.Console;
import io.marketpipeline.schema.AuditTrailTable;
import io.marketpipeline.schema.MarketDataTable;
import io.marketpipeline.store.AuditEntry;
import io.marketpipeline.store.Page;
import io.marketpipeline.store.PageRequest;
import io.marketpipeline.store.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Prints what a query found.
 *
 * @param <T> what a row is
 */
final class Listing<T> {
    static final Listing<StoredEvent> MARKET_DATA = new Listing<>(
            "row",
            new RowPrinter<>(
                    List.of(
                            "time",
                            MarketDataTable.SYMBOL,
                            MarketDataTable.EXCHANGE,
                            MarketDataTable.DETAIL_TYPE,
                            MarketDataTable.PRICE,
                            MarketDataTable.VOLUME,
                            MarketDataTable.BID_PRICE,
                            MarketDataTable.BID_SIZE,
                            MarketDataTable.ASK_PRICE,
                            MarketDataTable.ASK_SIZE,
                            MarketDataTable.CONDITIONS,
                            MarketDataTable.SEQUENCE,
                            MarketDataTable.EVENT_ID),
                    (row, column) -> column.equals("time")
                            ? row.eventTime().toString()
                            : row.text(column).orElse(""),
                    StoredEvent::attributes));

    static final Listing<AuditEntry> AUDIT_TRAIL = new Listing<>(
            "record",
            new RowPrinter<>(
                    List.of(
                            "time",
                            "written",
                            AuditTrailTable.STATUS,
                            AuditTrailTable.EVENT_TYPE,
                            AuditTrailTable.EVENT_ID,
                            AuditTrailTable.REQUEST_ID,
                            AuditTrailTable.DETAILS),
                    (record, column) -> switch (column) {
                        case "time" -> record.timestamp().toString();
                        case "written" ->
                            record.createdAt().map(Instant::toString).orElse("");
                        default -> record.text(column).orElse("");
                    },
                    AuditEntry::attributes));

    /** When records were written; those of one second in the order of their time. */
    static final Comparator<AuditEntry> AS_WRITTEN = Comparator.comparing(
                    (AuditEntry record) -> record.createdAt().orElse(Instant.EPOCH))
            .thenComparing(AuditEntry::timestamp);

    private final String what;
    private final RowPrinter<T> printer;

    private Listing(String what, RowPrinter<T> printer) {
        this.what = what;
        this.printer = printer;
    }

    /**
     * Rows that were found.
     *
     * @param more whether there are others behind them
     */
    record Found<T>(List<T> rows, boolean more) {
        Found<T> sorted(Comparator<T> order) {
            return new Found<>(rows.stream().sorted(order).toList(), more);
        }
    }

    /** Reads pages until the first page's limit is reached, and no row more. */
    static <T> Found<T> upTo(PageRequest first, Function<PageRequest, Page<T>> read) {
        List<T> rows = new ArrayList<>();
        Optional<PageRequest> next = Optional.of(first);
        while (next.isPresent() && rows.size() < first.limit()) {
            Page<T> page = read.apply(next.get());
            rows.addAll(page.items());
            next = page.next().map(first::after);
        }
        boolean cut = rows.size() > first.limit();
        return new Found<>(cut ? List.copyOf(rows.subList(0, first.limit())) : rows, cut || next.isPresent());
    }

    void print(Found<T> found, OutputFormat format, Console console) {
        if (found.rows().isEmpty() && format == OutputFormat.TABLE) {
            console.line("No " + what + "s found");
            return;
        }
        printer.print(found.rows(), format, console);
        if (format == OutputFormat.TABLE) {
            console.line(PublishRun.count(found.rows().size(), what)
                    + (found.more() ? "; there are more: raise -Dlimit, or narrow -Dfrom and -Dto" : ""));
        }
    }
}
