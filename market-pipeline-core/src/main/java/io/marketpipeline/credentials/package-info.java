/** Credentials as a function has them, found without the AWS SDK. For this library only; every public name may change. */
@NullMarked
package io.marketpipeline.credentials;

import org.jspecify.annotations.NullMarked;
