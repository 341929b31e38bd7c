/**
 * The PostgreSQL that the gateway brings along where none is configured, and what is
 * asked of any PostgreSQL together.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.wangateway.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
