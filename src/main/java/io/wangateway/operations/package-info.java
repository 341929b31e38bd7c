/**
 * What ops see of every generation, and what they can do about one.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "alert", "generation", "ledger", "catalogue", "pricing", "admission",
		"following", "dashscope", "team", "web" })
package io.wangateway.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
