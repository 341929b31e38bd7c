/**
 * Drills: the gateway as processes, against the simulator as another, while things are
 * killed, paused and restarted. Each drill runs in short form as a test and at length
 * from {@code drills/}.
 */
@NullMarked
package io.wangateway.drills;

import org.jspecify.annotations.NullMarked;
