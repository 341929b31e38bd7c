package io.wangateway.archive;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.zip.CRC32C;

import io.wangateway.store.Content;
import io.wangateway.store.Draft;
import io.wangateway.store.Spool;
import io.wangateway.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Copies videos from upstream into the store. A copy that broke off is gone on with,
 * after a crash as well.
 */
@Component
class VideoCopier {

	private static final Logger logger = LoggerFactory.getLogger(VideoCopier.class);

	/** How long upstream keeps a video. */
	private static final Duration UPSTREAM_LIFE = Duration.ofHours(24);

	/** Upstream can't have it by then, whatever stands in the way of asking. */
	private static final Duration HOPELESS = UPSTREAM_LIFE.multipliedBy(2);

	private final Videos videos;

	private final UpstreamVideos upstream;

	private final FreshLinks freshLinks;

	private final Spool spool;

	private final Store store;

	private final ArchiveSettings settings;

	private final Clock clock;

	VideoCopier(Videos videos, UpstreamVideos upstream, FreshLinks freshLinks, Spool spool, Store store,
			ArchiveSettings settings, Clock clock) {
		this.videos = videos;
		this.upstream = upstream;
		this.freshLinks = freshLinks;
		this.spool = spool;
		this.store = store;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Copy a video, unless that is done or nobody wants it any more.
	 * @param generation what made it
	 * @throws RuntimeException if another try may succeed
	 */
	void copy(UUID generation) {
		Video video = this.videos.find(generation).orElseThrow();
		switch (video.state()) {
			case PENDING -> copy(video);
			case EXPIRED, DELETED -> {
				this.spool.discard(draftName(video));
				this.store.remove(video.storeName());
			}
			case KEPT, LOST -> {
			}
		}
	}

	private void copy(Video video) {
		try (Draft draft = this.spool.open(draftName(video))) {
			switch (open(video, draft)) {
				case UpstreamVideos.Part part -> receive(video, part, draft);
				case UpstreamVideos.Dead(int status) -> relink(video, status);
				case UpstreamVideos.Beyond(long size) when size == draft.length() -> keep(video, draft);
				case UpstreamVideos.Beyond _ -> {
					draft.restart();
					throw new CopyFailedException("Upstream's video is shorter than what there is of it", null);
				}
			}
		}
		catch (IOException ex) {
			if (age(video).compareTo(HOPELESS) > 0) {
				lose(video, "Upstream could not be reached while it had the video: " + ex);
				return;
			}
			throw new CopyFailedException("Upstream did not give it whole: " + ex, ex);
		}
	}

	/**
	 * Of another object than the one begun with, nothing may be added to what there is.
	 */
	private static String draftName(Video video) {
		CRC32C object = new CRC32C();
		object.update(video.link().getPath().getBytes(UTF_8));
		return "%s-%08x.part".formatted(video.id(), object.getValue());
	}

	private UpstreamVideos.Answer open(Video video, Draft draft) throws IOException {
		return this.upstream.open(video.link(), "bytes=%d-".formatted(draft.length()));
	}

	private void receive(Video video, UpstreamVideos.Part part, Draft draft) throws IOException {
		try (InputStream body = part.body()) {
			if (part.first() != draft.length()) {
				draft.restart();
				if (part.first() > 0) {
					throw new CopyFailedException("Upstream sent another part than asked for", null);
				}
			}
			else if (part.first() > 0) {
				logger.info("Copy of {} goes on at byte {}", video.id(), part.first());
			}
			if (!draft.append(body, this.settings.maxVideoSize().toBytes())) {
				lose(video, "It is larger than gateway.archive.max-video-size");
				return;
			}
			if (draft.length() != part.size()) {
				throw new IOException("%d of %d bytes came".formatted(draft.length(), part.size()));
			}
		}
		keep(video, draft);
	}

	private void keep(Video video, Draft draft) {
		Content content = draft.finish();
		this.store.keep(video.storeName(), draft.path());
		if (this.videos.kept(video.id().value(), content)) {
			logger.info("Video of {} is kept, {} bytes", video.id(), content.size());
		}
		else {
			this.store.remove(video.storeName());
		}
	}

	private void relink(Video video, int status) {
		switch (this.freshLinks.ask(video)) {
			case FreshLinks.Link(var url) when !url.equals(video.link()) -> {
				this.videos.relink(video.id().value(), url);
				throw new CopyFailedException("Its link died, and there is a fresh one", null);
			}
			case FreshLinks.Forgotten _ ->
				lose(video, "Its link answers %d, and upstream has forgotten the task".formatted(status));
			case FreshLinks.Link _, FreshLinks.Silent _ -> {
				if (age(video).compareTo(UPSTREAM_LIFE) > 0) {
					lose(video, "Its link answered %d until upstream's day was over".formatted(status));
					return;
				}
				throw new CopyFailedException("Its link answers %d, and there is no fresh one".formatted(status), null);
			}
		}
	}

	private void lose(Video video, String why) {
		this.spool.discard(draftName(video));
		this.videos.lost(video, why, this.clock.instant());
	}

	private Duration age(Video video) {
		Instant now = this.clock.instant();
		return Duration.between(video.endedAt(), now);
	}

}
