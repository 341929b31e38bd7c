package io.wangateway.upload;

import java.time.Instant;

/**
 * What the upload routes answer, in the form that clients of such routes know.
 *
 * @param <T> what the answer is about
 * @param success always true
 * @param message always empty
 * @param data what was asked for
 */
record UploadAnswer<T>(boolean success, String message, T data) {

	UploadAnswer(T data) {
		this(true, "", data);
	}

	/**
	 * An upload as its team sees it.
	 *
	 * @param id may stand in place of the URL in a request for a video
	 * @param url a signed link that works without a key
	 * @param mimeType by its content
	 * @param size in bytes
	 * @param sha256 in hexadecimal digits
	 * @param expiresAt until when it is kept, unless it is used or brought again
	 */
	record Taken(UploadId id, String url, String mimeType, long size, String sha256, Instant expiresAt) {
	}

	/**
	 * An upload that is not there any more.
	 *
	 * @param id the upload
	 * @param deleted always true
	 */
	record Deleted(UploadId id, boolean deleted) {
	}

	/**
	 * Why a file was not taken.
	 *
	 * @param success always false
	 * @param message why, in a sentence
	 * @param error the same as other routes tell it
	 */
	record Refused(boolean success, String message, Object error) {
	}

}
