/**
 * What the wire and the credentials need of HTTP/1.1, and no more: requests over kept connections, TLS with the host's name checked, and a limit of time
 * for all of an exchange. For this library only; every public name may change.
 */
@NullMarked
package io.marketpipeline.http;

import org.jspecify.annotations.NullMarked;
