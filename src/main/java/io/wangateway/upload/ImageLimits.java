package io.wangateway.upload;

/**
 * The sizes of images that Alibaba takes.
 */
final class ImageLimits {

	private static final int LEAST = 240;

	private static final int MOST = 8000;

	private ImageLimits() {
	}

	/** Refuse an image that is too small or too large in pixels. */
	static void check(long width, long height) {
		if (Math.min(width, height) < LEAST || Math.max(width, height) > MOST) {
			throw new UnfitMediaException(
					"must be %d to %d pixels wide and high (is %d × %d)".formatted(LEAST, MOST, width, height));
		}
	}

}
