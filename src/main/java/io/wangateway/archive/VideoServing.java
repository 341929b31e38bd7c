package io.wangateway.archive;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

import io.wangateway.alert.Alerts;
import io.wangateway.store.ByteRange;
import io.wangateway.store.Content;
import io.wangateway.store.ServedFile;
import io.wangateway.store.Store;
import io.wangateway.store.StoreException;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/**
 * Serves videos: from the store, and until the copy is there from upstream.
 */
@Component
class VideoServing {

	private static final Logger logger = LoggerFactory.getLogger(VideoServing.class);

	private static final Duration RETRY = Duration.ofSeconds(5);

	/** How long a caller who was sent on may go on asking there. */
	private static final Duration LINK_LIFE = Duration.ofHours(1);

	private final UpstreamVideos upstream;

	private final Store store;

	private final Alerts alerts;

	private final ArchiveSettings settings;

	VideoServing(UpstreamVideos upstream, Store store, Alerts alerts, ArchiveSettings settings) {
		this.upstream = upstream;
		this.store = store;
		this.alerts = alerts;
		this.settings = settings;
	}

	/**
	 * Answer a request with a video.
	 * @param video the video
	 * @param request the request
	 * @param response the answer
	 * @throws IOException if the bytes broke off
	 * @throws ApiException if the video is not to be had, now or ever
	 */
	void send(Video video, HttpServletRequest request, HttpServletResponse response) throws IOException {
		switch (video.state()) {
			case PENDING ->
				file(video, sizeUpstream(video)).send(request, response, (range) -> openUpstream(video, range));
			case KEPT -> {
				Optional<URI> elsewhere = elsewhere(video, request);
				if (elsewhere.isPresent()) {
					response.sendRedirect(elsewhere.get().toString());
					return;
				}
				Content content = Objects.requireNonNull(video.content());
				file(video, content.size()).send(request, response, (range) -> openKept(video, range));
			}
			case LOST ->
				throw new ApiException(ErrorCode.RESULT_LOST, "The video was gone upstream before it could be copied");
			case EXPIRED -> throw new ApiException(ErrorCode.VIDEO_EXPIRED,
					"The days that your team has its videos kept are over for this one");
			case DELETED -> throw new ApiException(ErrorCode.VIDEO_EXPIRED, "The video was deleted");
		}
	}

	/** Links to the store are for {@code GET} only. */
	private Optional<URI> elsewhere(Video video, HttpServletRequest request) {
		return (this.settings.redirect() && HttpMethod.GET.matches(request.getMethod()))
				? this.store.link(video.storeName(), LINK_LIFE) : Optional.empty();
	}

	private static ServedFile file(Video video, long size) {
		return new ServedFile(video.fileName(), "video/mp4", size, video.etag(), video.endedAt());
	}

	private InputStream openKept(Video video, ByteRange range) {
		try {
			return this.store.open(video.storeName(), range);
		}
		catch (StoreException ex) {
			if (!ex.isMissing()) {
				throw ex;
			}
			this.alerts.raise("video_missing", video.id().toString(),
					"The store works, but %s is not in it".formatted(video.storeName()));
			throw new ApiException(ErrorCode.RESULT_LOST, "The video is not there any more");
		}
	}

	private long sizeUpstream(Video video) {
		UpstreamVideos.Part part = part(video, "bytes=0-0");
		try (InputStream _ = part.body()) {
			return part.size();
		}
		catch (IOException ex) {
			throw notNow(video, ex.toString());
		}
	}

	private InputStream openUpstream(Video video, ByteRange range) {
		UpstreamVideos.Part part = part(video, range.header());
		if (part.first() != range.first()) {
			throw notNow(video, "upstream sent another part than asked for");
		}
		return part.body();
	}

	private UpstreamVideos.Part part(Video video, String range) {
		try {
			return switch (this.upstream.open(video.link(), range)) {
				case UpstreamVideos.Part part -> part;
				case UpstreamVideos.Dead(int status) -> throw notNow(video, "its link answers " + status);
				case UpstreamVideos.Beyond(var _) -> throw notNow(video, "upstream has less than it said");
			};
		}
		catch (IOException ex) {
			throw notNow(video, ex.toString());
		}
	}

	private static ApiException notNow(Video video, String why) {
		logger.warn("Video of {} can't be passed on from upstream: {}", video.id(), why);
		return new ApiException(ErrorCode.SERVICE_UNAVAILABLE,
				"The video is still being copied, and upstream does not give it at present")
			.retryAfter(RETRY);
	}

}
