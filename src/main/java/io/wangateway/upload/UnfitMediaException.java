package io.wangateway.upload;

/**
 * A file is not the media that it should be. The message says why, as the rest of a
 * sentence that begins with the file.
 */
class UnfitMediaException extends RuntimeException {

	UnfitMediaException(String why) {
		super(why);
	}

	static UnfitMediaException animated() {
		return new UnfitMediaException("is animated; send a single picture, or a video");
	}

}
