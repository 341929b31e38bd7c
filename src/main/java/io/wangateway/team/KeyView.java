package io.wangateway.team;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * A key as admins see it.
 *
 * @param previousValidUntil until when the secret before the last rotation works
 * @param key the secret, shown once, when it is made
 */
record KeyView(KeyId id, String object, TeamId team, boolean livemode, String redacted, @JsonUnwrapped KeySpec spec,
		Instant createdAt, @Nullable Instant lastUsedAt, @Nullable Instant previousValidUntil,
		@Nullable Instant revokedAt, @Nullable String key) {

	KeyView with(KeySecret secret) {
		return new KeyView(this.id, this.object, this.team, this.livemode, this.redacted, this.spec, this.createdAt,
				this.lastUsedAt, this.previousValidUntil, this.revokedAt, secret.text());
	}

}
