/**
 * What the routes are, for programs and for people.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.wangateway.openapi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
