/**
 * Tests of the application as a whole.
 */
@NullMarked
package io.wangateway;

import org.jspecify.annotations.NullMarked;
