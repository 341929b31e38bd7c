package io.wangateway.upload;

import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonValue;
import com.github.f4b6a3.ulid.Ulid;
import com.github.f4b6a3.ulid.UlidCreator;

/**
 * Identifies an upload. Callers treat it as opaque.
 *
 * @param value the id as the database keeps it
 */
public record UploadId(UUID value) {

	static final String PREFIX = "upload_";

	static UploadId next(long millis) {
		return new UploadId(UlidCreator.getMonotonicUlid(millis).toUuid());
	}

	/**
	 * Read an id as callers write it.
	 * @param text such as {@code upload_01K2ABJPQ9A0Z6JZ3V8M9W6PZX}
	 * @return the id, or nothing if the text is no id of ours
	 */
	public static Optional<UploadId> parse(String text) {
		if (!text.startsWith(PREFIX) || !Ulid.isValid(text.substring(PREFIX.length()))) {
			return Optional.empty();
		}
		return Optional.of(new UploadId(Ulid.from(text.substring(PREFIX.length())).toUuid()));
	}

	/** Return the id as callers see it. */
	@Override
	@JsonValue
	public String toString() {
		return PREFIX + Ulid.from(this.value);
	}

}
