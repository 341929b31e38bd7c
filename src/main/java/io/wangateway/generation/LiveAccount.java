package io.wangateway.generation;

/**
 * Whether the company's account at DashScope can be used.
 *
 * @param configured whether there is a key; without one live tasks are refused
 */
public record LiveAccount(boolean configured) {
}
