/**
 * The port, the routing and the wire protocols of AWS, and the narrow interfaces through which services are called. A
 * service package knows this package and no other service.
 */
@NullMarked
package io.marketpipeline.local.gateway;

import org.jspecify.annotations.NullMarked;
