/**
 * Tells ops what needs a person: one form for every alert.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "team", "web" })
package io.wangateway.alert;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
