package io.marketpipeline.maven.config;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * When events must flow, in UTC: CloudWatch's clock knows no other zone and no daylight saving time.
 *
 * @param firstDay of the week
 * @param lastDay of the week, not before the first
 * @param from hour and minute, inclusive
 * @param to hour and minute, exclusive, after {@code from}
 */
public record TradingHours(DayOfWeek firstDay, DayOfWeek lastDay, LocalTime from, LocalTime to) {
    private static final List<String> DAYS = List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");
    private static final String DAYS_EXAMPLE = "MON-FRI";

    static Optional<TradingHours> read(Reading alarms) {
        if (!alarms.isPresent("tradingHours")) {
            return Optional.empty();
        }
        Reading hours = alarms.group("tradingHours");
        LocalTime from = time(hours, "from", LocalTime.of(13, 30));
        LocalTime to = time(hours, "to", LocalTime.of(20, 0));
        if (!from.isBefore(to)) {
            hours.wrong("to", "later than <from>, on the same day in UTC", "20:00");
        }
        List<Integer> days = days(hours);
        return Optional.of(
                new TradingHours(DayOfWeek.of(days.get(0)), DayOfWeek.of(days.get(days.size() - 1)), from, to));
    }

    private static List<Integer> days(Reading hours) {
        List<Integer> days = Arrays.stream(
                        hours.text("days").orElse(DAYS_EXAMPLE).split("-", -1))
                .map(day -> DAYS.indexOf(day.strip().toUpperCase(java.util.Locale.ROOT)) + 1)
                .toList();
        if (days.size() > 2 || days.contains(0) || days.get(0) > days.get(days.size() - 1)) {
            hours.wrong("days", "a day or a range of days, from MON to SUN", DAYS_EXAMPLE);
            return List.of(1, 5);
        }
        return days;
    }

    private static LocalTime time(Reading hours, String name, LocalTime example) {
        Optional<String> text = hours.text(name);
        if (text.isPresent()) {
            try {
                return LocalTime.parse(text.get()).withSecond(0).withNano(0);
            } catch (DateTimeParseException e) {
                // Reported below, like an element that is missing.
            }
        }
        hours.wrong(name, "hours and minutes in UTC", example.toString());
        return example;
    }
}
