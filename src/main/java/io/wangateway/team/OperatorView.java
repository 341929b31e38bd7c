package io.wangateway.team;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An operator as admins see them.
 *
 * @param key the key, shown once, when it is made
 */
record OperatorView(OperatorId id, String object, String name, Role role, String redacted, Instant createdAt,
		@Nullable Instant lastUsedAt, @Nullable Instant deletedAt, @Nullable String key) {

	OperatorView with(KeySecret secret) {
		return new OperatorView(this.id, this.object, this.name, this.role, this.redacted, this.createdAt,
				this.lastUsedAt, this.deletedAt, secret.text());
	}

}
