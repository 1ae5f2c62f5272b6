/** STS and IAM: who calls, roles and policies. Policies are kept, not enforced. */
@NullMarked
package io.marketpipeline.local.identity;

import org.jspecify.annotations.NullMarked;
