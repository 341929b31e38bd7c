/**
 * Where media are kept: files that are there whole or not at all.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "web" })
package io.wangateway.store;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
