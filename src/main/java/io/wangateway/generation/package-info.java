/**
 * The heart: a video that a team asked for, its life, its intake and its routes.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "ledger", "pricing", "catalogue", "upload", "team", "web", "database" })
package io.wangateway.generation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
