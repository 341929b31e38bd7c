package io.wangateway.upload;

import java.time.Instant;

/**
 * A file that a team has brought.
 *
 * @param id the upload
 * @param kind whether it is an image or a video
 * @param mimeType by its content
 * @param size in bytes
 * @param sha256 in lower-case hexadecimal digits
 * @param createdAt when it was brought first
 * @param expiresAt until when it is kept, unless it is used or brought again
 */
public record UploadedFile(UploadId id, UploadKind kind, String mimeType, long size, String sha256, Instant createdAt,
		Instant expiresAt) {

	/** Return the name it is served under, and known by upstream. */
	public String fileName() {
		return this.id + "." + switch (this.mimeType) {
			case "image/jpeg" -> "jpg";
			case "video/quicktime" -> "mov";
			default -> this.mimeType.substring(this.mimeType.indexOf('/') + 1);
		};
	}

	/** Return the name it is kept under. */
	String storeName() {
		String text = this.id.toString();
		return "uploads/%s/%s".formatted(text.substring(text.length() - 2), fileName());
	}

}
