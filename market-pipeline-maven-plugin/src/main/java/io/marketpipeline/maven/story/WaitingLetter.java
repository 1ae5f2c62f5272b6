package io.marketpipeline.maven.story;

import io.marketpipeline.maven.operate.DeadLetter;
import io.marketpipeline.maven.operate.LetterEvents;

/**
 * A dead letter that holds the event, by itself or with others.
 *
 * @param others how many other events it holds
 */
record WaitingLetter(DeadLetter letter, LetterEvents.Identified event, int others) {}
