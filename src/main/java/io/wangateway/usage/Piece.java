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
		return !isPartOfMonth() && this.level == other.level && this.less == other.less
				&& Objects.equals(this.at, other.at) && this.range.end().equals(other.range.start());
	}

	/** Whether sums or facts of it have times outside of a range. */
	boolean isOutside(Range other) {
		return this.less || this.range.start().isBefore(other.start()) || isPartOfMonth();
	}

	/** Return by what the piece is multiplied: 1, or -1 where it is taken away. */
	int sign() {
		return this.less ? -1 : 1;
	}

	/** Return which of the level's sums are taken, by their times. */
	Range times() {
		return switch (this.level) {
			case Level it when it.grain() == Grain.MONTH_TO_DATE -> at(this.range.end());
			case Level it when it.grain() == Grain.REST_OF_MONTH -> at(this.range.start());
			case null, default -> this.range;
		};
	}

	private static Range at(Instant time) {
		return new Range(time, time.plusSeconds(1));
	}

	private boolean isPartOfMonth() {
		return this.level != null && this.level.grain().isPartOfMonth();
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
