/**
 * The fault suite: real function processes of the local endpoint behind a proxy that breaks what they say to DynamoDB, fed
 * by a layer that repeats and reorders events. It lives with the plugin's tests because only here the function's library,
 * the stack's template and the local endpoint can all be seen.
 */
@NullMarked
package io.marketpipeline.maven.faults;

import org.jspecify.annotations.NullMarked;
