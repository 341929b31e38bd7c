/**
 * What teams used and spent: reports over the books.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "generation", "ledger", "pricing", "catalogue", "team", "web" })
package io.wangateway.usage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
