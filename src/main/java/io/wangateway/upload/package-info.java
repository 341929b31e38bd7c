/**
 * Media that teams bring: images and videos, judged by their content and kept for a
 * while.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "store", "team", "web" })
package io.wangateway.upload;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
