/** The audit trail: its record, its statuses and the interface that writes it. */
@NullMarked
package io.marketpipeline.audit;

import org.jspecify.annotations.NullMarked;
