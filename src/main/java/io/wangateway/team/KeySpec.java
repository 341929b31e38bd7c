package io.wangateway.team;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

import io.wangateway.web.Fields;
import jakarta.persistence.Embeddable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a key that an admin decides, and may decide anew.
 *
 * @param name what the team calls it
 * @param expiresAt when it stops working, {@code null} for never
 * @param models the public names of the models it may use; empty for all
 * @param requestsPerMinute how many submissions it may make
 * @param queriesPerMinute how much it may ask otherwise
 */
@Embeddable
record KeySpec(String name, @Nullable Instant expiresAt, @JdbcTypeCode(SqlTypes.ARRAY) List<String> models,
		int requestsPerMinute, int queriesPerMinute) {

	private static final int MAX_NAME = 100;

	private static final int MAX_MODELS = 64;

	private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9._-]{1,64}");

	private static final int MAX_REQUESTS = 1_000_000;

	private static final int MAX_QUERIES = 10_000_000;

	private static final Duration MAX_AGE = Duration.ofDays(36_500);

	/** What a key is given that asks for nothing but a name. */
	static KeySpec named(String name) {
		return new KeySpec(name, null, List.of(), 6_000, 60_000);
	}

	/** Read a new key's spec. */
	static KeySpec create(Fields fields, Instant now) {
		return named(fields.text("name", null, MAX_NAME)).changed(fields, now);
	}

	/** Read a change to this spec. */
	KeySpec changed(Fields fields, Instant now) {
		return new KeySpec(fields.text("name", this.name, MAX_NAME),
				fields.optionalTime("expires_at", this.expiresAt, now.plusSeconds(1), now.plus(MAX_AGE)),
				fields.words("models", this.models, MAX_MODELS, MODEL),
				(int) fields.whole("requests_per_minute", this.requestsPerMinute, 1, MAX_REQUESTS),
				(int) fields.whole("queries_per_minute", this.queriesPerMinute, 1, MAX_QUERIES));
	}

}
