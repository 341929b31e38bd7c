package io.wangateway.upload;

import java.util.Locale;

/**
 * What can be uploaded, with the limits of each and the messages that clients know.
 */
public enum UploadKind {

	/** A picture. */
	IMAGE(10, "Unsupported image type. Allowed: JPEG, PNG, WebP, BMP", "Image too large. Maximum size is 10MB"),

	/** A film. */
	VIDEO(100, "Unsupported or invalid video file. Allowed: MP4, MOV", "Video too large. Maximum size is 100MB");

	private final int maxMegabytes;

	private final String unsupported;

	private final String tooLarge;

	UploadKind(int maxMegabytes, String unsupported, String tooLarge) {
		this.maxMegabytes = maxMegabytes;
		this.unsupported = unsupported;
		this.tooLarge = tooLarge;
	}

	/** Return the kind as it is stored and spoken of, such as {@code image}. */
	String code() {
		return name().toLowerCase(Locale.ROOT);
	}

	long maxBytes() {
		return (long) this.maxMegabytes << 20;
	}

	/** Return what is said of a file of another kind. */
	String unsupported() {
		return this.unsupported;
	}

	/** Return what is said of a file with too many bytes. */
	String tooLarge() {
		return this.tooLarge;
	}

}
