package io.wangateway.upload;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.wangateway.store.Content;
import io.wangateway.store.Draft;
import io.wangateway.store.Store;
import io.wangateway.store.StoreException;
import io.wangateway.team.Caller.TeamCaller;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;

import org.springframework.stereotype.Component;

/**
 * Takes in files: judges them, gives them a place on record, puts them into the store.
 */
@Component
class UploadIntake {

	private static final Duration RETRY = Duration.ofSeconds(1);

	private final UploadRecord record;

	private final Store store;

	private final UploadSettings settings;

	private final Clock clock;

	UploadIntake(UploadRecord record, Store store, UploadSettings settings, Clock clock) {
		this.record = record;
		this.store = store;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Take in a file.
	 * @param caller who brings it
	 * @param kind what it should be
	 * @param draft the whole file
	 * @return the upload; the one that there is if the team has this file already
	 * @throws ApiException if the file is unfit, or there is no room for it
	 * @throws StoreException if the store is away or full
	 */
	UploadedFile take(TeamCaller caller, UploadKind kind, Draft draft) {
		Content content = draft.finish();
		Media media = MediaInspector.inspect(kind, draft.path());
		Instant now = this.clock.instant();
		UploadedFile upload = this.record.reserve(caller, kind, media, content, now, now.plus(this.settings.keepFor()));
		keep(upload, draft);
		if (!this.record.stored(upload.id())) {
			this.store.remove(upload.storeName());
			throw new ApiException(ErrorCode.SERVICE_UNAVAILABLE, "The same file was just deleted; bring it again")
				.retryAfter(RETRY);
		}
		return upload;
	}

	/** A place that could not be filled is given back: it would count as taken room. */
	private void keep(UploadedFile upload, Draft draft) {
		try {
			this.store.keep(upload.storeName(), draft.path());
		}
		catch (StoreException ex) {
			this.record.giveBack(upload.id(), this.clock.instant());
			throw ex;
		}
	}

}
