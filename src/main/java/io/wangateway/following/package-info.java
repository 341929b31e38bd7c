/**
 * Follows submitted generations until they end, and settles them.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "alert", "generation", "ledger", "catalogue", "pricing", "admission",
		"dashscope", "team", "web" })
package io.wangateway.following;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
