package io.wangateway.generation;

/**
 * A generation was accepted and is in its queue, committed.
 *
 * @param lane the lane it waits for
 */
public record GenerationAccepted(String lane) {
}
