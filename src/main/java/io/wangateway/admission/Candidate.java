package io.wangateway.admission;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The team whose turn it is, and its oldest waiting generation.
 *
 * @param teamId the team
 * @param virtualTime how far it has been served, in seconds ÷ weight
 * @param weight its share
 * @param id its oldest generation, or {@code null} if somebody else is busy with that
 * @param seconds how long that video is to be
 */
record Candidate(int teamId, double virtualTime, double weight, @Nullable UUID id, @Nullable Integer seconds) {

	/** How far its start moves the team's virtual time on. */
	double share() {
		return ((this.seconds != null) ? this.seconds : 0) / this.weight;
	}

}
