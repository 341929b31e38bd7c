package io.wangateway.archive;

import java.net.URI;
import java.time.Instant;

import io.wangateway.generation.GenerationId;
import io.wangateway.store.Content;
import org.jspecify.annotations.Nullable;

/**
 * A finished video.
 *
 * @param id the generation that made it
 * @param livemode which account upstream has it under
 * @param state where it stands
 * @param endedAt when the generation ended
 * @param link upstream's link to it, as last heard
 * @param upstreamTaskId what upstream calls the generation
 * @param content what the copy is made of, or {@code null} before there was one
 */
record Video(GenerationId id, boolean livemode, VideoState state, Instant endedAt, URI link, String upstreamTaskId,
		@Nullable Content content) {

	/** Return the name it is served as. */
	String fileName() {
		return this.id + ".mp4";
	}

	/**
	 * Return the name it is kept under. The last two characters of an id are random, so
	 * no folder becomes very large.
	 */
	String storeName() {
		String text = this.id.toString();
		return "archive/%s/%s".formatted(text.substring(text.length() - 2), fileName());
	}

	/**
	 * Return its tag: the generation's id, since a generation has one video, which stays
	 * the same when the copy takes over from upstream.
	 */
	String etag() {
		return '"' + this.id.toString() + '"';
	}

}
