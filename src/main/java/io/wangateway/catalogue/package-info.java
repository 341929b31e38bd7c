/**
 * The models on offer: their modes, limits, defaults and the routing rule.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "web" })
package io.wangateway.catalogue;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
