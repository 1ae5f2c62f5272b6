/** The DynamoDB adapters of store and audit trail; the only package that imports the DynamoDB SDK. */
@NullMarked
package io.marketpipeline.dynamodb;

import org.jspecify.annotations.NullMarked;
