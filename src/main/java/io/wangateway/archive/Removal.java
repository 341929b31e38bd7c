package io.wangateway.archive;

import java.util.List;

import io.wangateway.store.Store;
import io.wangateway.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Removes the files of videos that are gone by the record. What fails stays on record as
 * not removed, and is tried again.
 */
@Component
class Removal {

	private static final Logger logger = LoggerFactory.getLogger(Removal.class);

	private static final int BATCH = 100;

	private final Videos videos;

	private final Store store;

	Removal(Videos videos, Store store) {
		this.videos = videos;
		this.store = store;
	}

	/** Remove a file at once, if the store lets it. */
	void tryNow(Video video) {
		try {
			remove(video);
		}
		catch (StoreException ex) {
			logger.warn("{}; it will be tried again", ex.getMessage());
		}
	}

	/**
	 * Remove all that is to be removed.
	 * @throws StoreException if the store is away
	 */
	void removeAll() {
		List<Video> batch = this.videos.toRemove(BATCH);
		while (!batch.isEmpty()) {
			batch.forEach(this::remove);
			batch = this.videos.toRemove(BATCH);
		}
	}

	private void remove(Video video) {
		this.store.remove(video.storeName());
		this.videos.removed(video.id().value());
	}

}
