/**
 * The application: one package per feature, dependencies running one way.
 */
@NullMarked
package io.wangateway;

import org.jspecify.annotations.NullMarked;
