package io.marketpipeline.processor;

import io.marketpipeline.audit.AuditRecord;
import io.marketpipeline.store.ExistingRow;

/**
 * What follows where an event's row is stored, as it mostly is: made while the answer is awaited.
 *
 * @param row what the row says about itself
 * @param record the {@code SUCCESS} record
 */
record IfStored(ExistingRow row, ProcessingOutcome.Stored outcome, AuditRecord record) {}
