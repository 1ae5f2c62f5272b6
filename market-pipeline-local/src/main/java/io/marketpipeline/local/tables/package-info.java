/** DynamoDB: DynamoDB Local in process, and the settings that it can't hold. */
@NullMarked
package io.marketpipeline.local.tables;

import org.jspecify.annotations.NullMarked;
