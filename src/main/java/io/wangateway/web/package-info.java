/**
 * What every route shares: the error envelope, request ids, strict JSON, paging.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.wangateway.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
