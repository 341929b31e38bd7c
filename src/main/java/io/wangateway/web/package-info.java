/**
 * What every route shares: the error envelope, request ids, strict JSON, paging. It asks
 * the database package whether a failure means that the database is away.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "database")
package io.wangateway.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
