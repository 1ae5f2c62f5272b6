/** The market-data store: rows and the interfaces that write and read them. */
@NullMarked
package io.marketpipeline.store;

import org.jspecify.annotations.NullMarked;
