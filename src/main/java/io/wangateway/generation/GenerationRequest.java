package io.wangateway.generation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.wangateway.catalogue.GenerationSpec;
import org.jspecify.annotations.Nullable;

/**
 * A valid request for a video, with every default made explicit.
 *
 * @param spec what decides the upstream model and the cost
 * @param prompt what the video shows: the caller's words, else the mode's fallback, else
 * {@code null}
 * @param media the image of an i2v request, or the references of an r2v request in their
 * order; empty for t2v
 * @param watermark whether Alibaba's watermark is added
 * @param size the pixels to send upstream, such as {@code 1920*1080}, or {@code null}
 * where upstream takes the resolution
 * @param options the optional parameters
 * @param labels the caller's own words for their reports
 * @param clientBusinessId the caller's own id of the task
 * @param traceId what is echoed in webhooks
 */
public record GenerationRequest(GenerationSpec spec, @Nullable String prompt, List<Media> media, boolean watermark,
		@Nullable String size, Options options, Map<String, String> labels, @Nullable String clientBusinessId,
		@Nullable String traceId) {

	public GenerationRequest {
		media = List.copyOf(media);
		labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
	}

}
