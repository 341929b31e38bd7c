package io.wangateway.generation;

import java.time.Instant;

import io.wangateway.team.TeamId;

/**
 * A generation took a step of its life. Published in the transaction of the step, so that
 * whoever listens acts in that transaction or not at all.
 *
 * @param generation the generation, after the step
 * @param from the state it left
 * @param to the state it is in
 * @param at the time of the step, by the database's clock
 * @param evidence what caused it
 */
public record GenerationMoved(Generation generation, GenerationState from, GenerationState to, Instant at,
		Evidence evidence) {

	/** The team it belongs to. */
	public TeamId team() {
		return this.generation.team();
	}

}
