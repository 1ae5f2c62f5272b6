package io.marketpipeline.maven.operate;

import io.marketpipeline.maven.config.UserFixableException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant; empty stands for all. Immutable.
 *
 * @param reason as {@link DeadLetter#reason()} gives it
 */
public record LetterFilter(
        Optional<DeadLetter.Sender> sender,
        Optional<String> reason,
        Optional<String> detailType,
        Optional<String> symbol,
        Optional<String> eventId) {
    /** All letters. */
    public static final LetterFilter ALL =
            new LetterFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** As the switches say; null for one that isn't given. */
    public static LetterFilter of(
            @Nullable String sender,
            @Nullable String reason,
            @Nullable String detailType,
            @Nullable String symbol,
            @Nullable String eventId) {
        return new LetterFilter(
                Optional.ofNullable(sender).map(LetterFilter::sender),
                Optional.ofNullable(reason),
                Optional.ofNullable(detailType),
                Optional.ofNullable(symbol),
                Optional.ofNullable(eventId));
    }

    private static DeadLetter.Sender sender(String text) {
        return Arrays.stream(DeadLetter.Sender.values())
                .filter(sender -> sender.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new UserFixableException("-Dsender is '" + text + "', must be "
                        + Arrays.stream(DeadLetter.Sender.values())
                                .map(sender -> sender.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))
                        + "; example: -Dsender=lambda"));
    }

    /** Whether a letter is meant; one with several events is where one of them is. */
    boolean test(DeadLetter letter, List<LetterEvents.Identified> events) {
        return sender.map(letter.sender()::equals).orElse(true)
                && reason.map(letter.reason()::equals).orElse(true)
                && detailType
                        .map(wanted -> letter.detailType().equals(Optional.of(wanted)))
                        .orElse(true)
                && events.stream().anyMatch(this::isMeant);
    }

    private boolean isMeant(LetterEvents.Identified event) {
        return symbol.map(wanted -> event.symbol().equals(Optional.of(wanted))).orElse(true)
                && eventId.map(event.eventId()::equals).orElse(true);
    }
}
