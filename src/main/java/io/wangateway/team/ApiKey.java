package io.wangateway.team;

import java.time.Duration;
import java.time.Instant;

import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/**
 * A key of a team. Rotation changes its secret and not its identity, so that limits and
 * reports go on; revocation is for ever.
 */
@Entity
class ApiKey {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private int id;

	private int teamId;

	private boolean livemode;

	@Embedded
	private KeySpec spec;

	private byte[] hash;

	private String redacted;

	@SuppressWarnings("UnusedVariable") // read by SQL
	private byte @Nullable [] previousHash;

	private @Nullable Instant previousValidUntil;

	private Instant createdAt;

	private @Nullable Instant lastUsedAt;

	private @Nullable Instant revokedAt;

	ApiKey(TeamId team, boolean livemode, KeySpec spec, KeySecret secret, Instant now) {
		this.teamId = team.value();
		this.livemode = livemode;
		this.spec = spec;
		this.hash = secret.hash();
		this.redacted = secret.redacted();
		this.createdAt = now;
	}

	@SuppressWarnings("NullAway.Init") // Hibernate fills it
	protected ApiKey() {
	}

	void change(KeySpec newSpec) {
		this.spec = newSpec;
	}

	/**
	 * Take a new secret. The one before stays good for a while; one that was itself on
	 * its way out ends now.
	 * @param secret the new secret
	 * @param grace how long the present secret works on
	 * @param now the current time
	 */
	void rotate(KeySecret secret, Duration grace, Instant now) {
		this.previousHash = this.hash;
		this.previousValidUntil = now.plus(grace);
		this.hash = secret.hash();
		this.redacted = secret.redacted();
	}

	/** Stop working, at once and for ever. A second time changes nothing. */
	void revoke(Instant now) {
		if (this.revokedAt == null) {
			this.revokedAt = now;
		}
	}

	boolean isRevoked() {
		return this.revokedAt != null;
	}

	KeySecret.Kind kind() {
		return this.livemode ? KeySecret.Kind.LIVE : KeySecret.Kind.SANDBOX;
	}

	KeySpec spec() {
		return this.spec;
	}

	/** Return the key as admins see it, without its secret. */
	KeyView view() {
		return new KeyView(new KeyId(this.id), "api_key", new TeamId(this.teamId), this.livemode, this.redacted,
				this.spec, this.createdAt, this.lastUsedAt, this.previousValidUntil, this.revokedAt, null);
	}

}
