/**
 * Lets queued generations through to DashScope: fairly, within its limits, each at most
 * once.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "alert", "generation", "ledger", "catalogue", "pricing", "upload",
		"dashscope", "team", "web" })
package io.wangateway.admission;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
