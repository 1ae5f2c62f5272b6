/** The stack's CloudFormation template: configuration in, text out, nothing read or written. */
@NullMarked
package io.marketpipeline.maven.template;

import org.jspecify.annotations.NullMarked;
