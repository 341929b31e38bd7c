/**
 * Videos served and kept: signed links, and the copies behind them.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "store", "admission", "alert", "dashscope", "generation", "team", "web" })
package io.wangateway.archive;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
