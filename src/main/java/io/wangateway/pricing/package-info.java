/**
 * What a video costs and why: prices in force, amounts of money.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "catalogue", "team", "web" })
package io.wangateway.pricing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
