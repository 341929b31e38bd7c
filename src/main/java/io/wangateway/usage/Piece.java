package io.wangateway.usage;

import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A part of what a time is put together from.
 *
 * @param level the sums that are taken, or {@code null} for single facts
 * @param range whose
 * @param less whether they are taken away, because they are outside of the time
 * @param at when all of it counts, or {@code null} if each sum or fact has its own time
 */
record Piece(@Nullable Level level, Range range, boolean less, @Nullable Instant at) {

	/** Whether another one goes on where this ends, and is of the same kind. */
	boolean isFollowedBy(Piece other) {
		return this.level == other.level && this.less == other.less && Objects.equals(this.at, other.at)
				&& this.range.end().equals(other.range.start());
	}

	/** Return this and what follows it as one. */
	Piece with(Piece following) {
		return new Piece(this.level, new Range(this.range.start(), following.range.end()), this.less, this.at);
	}

	/** Return the same, all of which counts at a time. */
	Piece countingAt(Instant time) {
		return new Piece(this.level, this.range, this.less, time);
	}

}
