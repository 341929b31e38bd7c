package io.wangateway.generation;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * What a reference is, as far as it can be known without fetching it.
 */
public enum MediaKind {

	/** An image, which upstream does not bill. */
	IMAGE,

	/** A video, whose seconds upstream bills in part. */
	VIDEO,

	/** Either of the two. */
	UNKNOWN;

	private static final Set<String> IMAGES = Set.of("jpg", "jpeg", "png", "bmp", "webp");

	private static final Set<String> VIDEOS = Set.of("mp4", "mov");

	/** Whether it is a video for all that is known. */
	boolean mayBeVideo() {
		return this != IMAGE;
	}

	/** Return what the ending of a URL's path says. */
	static MediaKind of(URI url) {
		String path = String.valueOf(url.getPath()).toLowerCase(Locale.ROOT);
		String ending = path.substring(path.lastIndexOf('.') + 1);
		if (VIDEOS.contains(ending)) {
			return VIDEO;
		}
		return IMAGES.contains(ending) ? IMAGE : UNKNOWN;
	}

}
