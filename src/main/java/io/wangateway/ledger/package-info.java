/**
 * The books: what is held, charged and released, and what each team may still spend.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "pricing", "team", "web" })
package io.wangateway.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
