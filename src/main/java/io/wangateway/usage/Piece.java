package io.wangateway.usage;

import org.jspecify.annotations.Nullable;

/**
 * A part of what a time is put together from.
 *
 * @param level the sums that are taken, or {@code null} for single facts
 * @param range whose
 * @param less whether they are taken away, because they are outside of the time
 */
record Piece(@Nullable Level level, Range range, boolean less) {

	/** Whether another one goes on where this ends, and is of the same kind. */
	boolean isFollowedBy(Piece other) {
		return this.level == other.level && this.less == other.less && this.range.end().equals(other.range.start());
	}

	/** Return this and what follows it as one. */
	Piece with(Piece following) {
		return new Piece(this.level, new Range(this.range.start(), following.range.end()), this.less);
	}

}
