/**
 * The PostgreSQL that the gateway brings along where none is configured.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.wangateway.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
