package io.wangateway.team;

import java.time.Instant;

import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;

/**
 * A tenant: it owns keys, tasks and a budget. It is never deleted, because the books name
 * it.
 */
@Entity
class Team {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private int id;

	@Embedded
	private TeamSpec spec;

	private Instant createdAt;

	Team(TeamSpec spec, Instant now) {
		this.spec = spec;
		this.createdAt = now;
	}

	@SuppressWarnings("NullAway.Init") // Hibernate fills it
	protected Team() {
	}

	/** Rename, suspend, resume or otherwise change the team. */
	void change(TeamSpec newSpec) {
		this.spec = newSpec;
	}

	TeamId id() {
		return new TeamId(this.id);
	}

	TeamSpec spec() {
		return this.spec;
	}

	Instant createdAt() {
		return this.createdAt;
	}

}
