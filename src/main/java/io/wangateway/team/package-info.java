/**
 * Teams, their keys, operators and their roles: who is calling and what they may do.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "web" })
package io.wangateway.team;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
