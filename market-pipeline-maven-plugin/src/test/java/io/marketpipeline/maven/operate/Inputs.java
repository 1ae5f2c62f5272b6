package io.marketpipeline.maven.operate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Small files to publish. */
final class Inputs {
    static final String TRADES = "sequence,event_time,exchange,symbol,price,volume,conditions\n";

    private Inputs() {}

    static InputFile file(Path directory, String name, String content) throws IOException {
        Path path = Files.writeString(directory.resolve(name), content);
        return new InputFile(path, InputFile.dataSetOf(path), Optional.empty(), Long.MAX_VALUE);
    }

    static InputFile trades(Path directory, int rows) throws IOException {
        StringBuilder csv = new StringBuilder(TRADES);
        for (int i = 1; i <= rows; i++) {
            csv.append(i).append(",2013-10-07T13:30:00.100Z,XNAS,BAC,13.9400,100,0\n");
        }
        return file(directory, "bac.csv", csv.toString());
    }

    static List<Tick> read(InputFile file) throws IOException {
        List<Tick> ticks = new ArrayList<>();
        try (TickReader reader = TickReader.open(file, "market.data")) {
            for (Optional<Tick> tick = reader.next(); tick.isPresent(); tick = reader.next()) {
                ticks.add(tick.get());
            }
        }
        return ticks;
    }
}
