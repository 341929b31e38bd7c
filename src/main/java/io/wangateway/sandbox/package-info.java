/**
 * DashScope, simulated over HTTP: another company's server, as far as the rest of the
 * gateway can tell.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.wangateway.sandbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
