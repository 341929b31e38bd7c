package io.wangateway.generation;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonValue;
import com.github.f4b6a3.ulid.Ulid;
import com.github.f4b6a3.ulid.UlidCreator;

/**
 * Identifies a generation: a ULID, so that ids of one replica sort by the time of their
 * making. Callers treat it as opaque.
 *
 * @param value the id as the database keeps it
 */
public record GenerationId(UUID value) {

	private static final String PREFIX = "video_";

	/**
	 * Make a new id.
	 * @param millis the present time in Unix milliseconds
	 * @return an id greater than those made before it
	 */
	static GenerationId next(long millis) {
		return new GenerationId(UlidCreator.getMonotonicUlid(millis).toUuid());
	}

	/**
	 * Read an id as callers write it.
	 * @param text such as {@code video_01K2ABJPQ9A0Z6JZ3V8M9W6PZX}
	 * @return the id, or nothing if the text is no id of ours
	 */
	public static Optional<GenerationId> parse(String text) {
		if (!text.startsWith(PREFIX) || !Ulid.isValid(text.substring(PREFIX.length()))) {
			return Optional.empty();
		}
		return Optional.of(new GenerationId(Ulid.from(text.substring(PREFIX.length())).toUuid()));
	}

	/**
	 * Return the bound between the ids made before a time and those made since.
	 * @param time the time, not before 1970
	 * @return the least id that could be made then
	 */
	public static GenerationId lowestAt(Instant time) {
		return new GenerationId(new UUID(Math.max(0, time.toEpochMilli()) << 16, 0));
	}

	/** Return the id as callers see it. */
	@Override
	@JsonValue
	public String toString() {
		return PREFIX + Ulid.from(this.value);
	}

}
