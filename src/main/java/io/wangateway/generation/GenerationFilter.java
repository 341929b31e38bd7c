package io.wangateway.generation;

import java.time.Instant;
import java.util.Map;

import io.wangateway.catalogue.Mode;
import org.jspecify.annotations.Nullable;

/**
 * Which generations of a team are listed. What is {@code null} does not matter.
 *
 * @param after the id behind which the page starts
 * @param status how they stand
 * @param mode what they start from
 * @param createdAfter accepted then or later
 * @param createdBefore accepted before then
 * @param labels labels that they all have
 */
record GenerationFilter(@Nullable GenerationId after, @Nullable PublicStatus status, @Nullable Mode mode,
		@Nullable Instant createdAfter, @Nullable Instant createdBefore, Map<String, String> labels) {
}
