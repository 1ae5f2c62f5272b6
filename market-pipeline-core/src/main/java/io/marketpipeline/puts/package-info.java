/** What every way of putting items into DynamoDB shares: the answers, and the store and audit trail made of them. */
@NullMarked
package io.marketpipeline.puts;

import org.jspecify.annotations.NullMarked;
