/**
 * What finance does with the books: corrects them, closes months, takes them out, and
 * compares them with Alibaba's bill.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "generation", "ledger", "pricing", "team", "web" })
package io.wangateway.finance;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
