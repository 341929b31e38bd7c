/**
 * DashScope, as a client: its words and its answers, and nothing of ours.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.wangateway.dashscope;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
