package io.wangateway.upload;

import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.wangateway.store.ByteRange;
import io.wangateway.store.Store;
import io.wangateway.store.StoreException;
import io.wangateway.team.TeamId;

import org.springframework.stereotype.Component;

/**
 * What teams have brought, for whoever makes something of it.
 */
@Component
public class Uploads {

	/** Writing down each use would be much for little. */
	private static final Duration PRECISION = Duration.ofHours(1);

	private final UploadRecord record;

	private final UploadLinks links;

	private final Store store;

	private final UploadSettings settings;

	private final Clock clock;

	Uploads(UploadRecord record, UploadLinks links, Store store, UploadSettings settings, Clock clock) {
		this.record = record;
		this.links = links;
		this.store = store;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Read the upload that a caller names.
	 * @param reference what the caller wrote: any URL, or the bare id of an upload
	 * @return the id, which need not be any upload's; nothing if no upload is named
	 */
	public Optional<UploadId> named(String reference) {
		return this.links.read(reference);
	}

	/**
	 * Find one of a team's uploads.
	 * @param team the team
	 * @param livemode whether among those brought with a live key
	 * @param id the upload
	 * @return the upload, unless the team has none of that name, or not any more
	 */
	public Optional<UploadedFile> find(TeamId team, boolean livemode, UploadId id) {
		return this.record.find(team, livemode, id);
	}

	/**
	 * Find one of a team's uploads to make something of it. It is kept for as long from
	 * now as if it had just been brought.
	 * @param team the team
	 * @param livemode whether among those brought with a live key
	 * @param id the upload
	 * @return the upload, unless the team has none of that name, or not any more
	 */
	public Optional<UploadedFile> use(TeamId team, boolean livemode, UploadId id) {
		Optional<UploadedFile> found = this.record.find(team, livemode, id);
		Instant expiresAt = this.clock.instant().plus(this.settings.keepFor());
		found.filter((upload) -> upload.expiresAt().isBefore(expiresAt.minus(PRECISION)))
			.ifPresent((upload) -> this.record.renew(upload.id(), expiresAt));
		return found;
	}

	/** Whether upstream can read uploads by links. */
	public boolean hasLinks() {
		return this.store.hasLinks();
	}

	/**
	 * Return a link by which upstream can read an upload.
	 * @param upload the upload
	 * @param life how long the link is to work
	 * @return the link, nothing if the bytes must be brought to upstream instead
	 */
	public Optional<URI> link(UploadedFile upload, Duration life) {
		return this.store.link(upload.storeName(), life);
	}

	/**
	 * Open an upload.
	 * @param upload the upload
	 * @return its bytes, to be closed; nothing if the store has lost it
	 * @throws StoreException if the store is away
	 */
	public Optional<InputStream> open(UploadedFile upload) {
		try {
			return Optional.of(open(upload, ByteRange.whole(upload.size())));
		}
		catch (StoreException ex) {
			if (ex.isMissing()) {
				return Optional.empty();
			}
			throw ex;
		}
	}

	InputStream open(UploadedFile upload, ByteRange range) {
		return this.store.open(upload.storeName(), range);
	}

}
