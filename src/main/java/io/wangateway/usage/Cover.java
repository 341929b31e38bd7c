package io.wangateway.usage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A way to put a time together.
 *
 * @param pieces what is taken
 * @param cost what it costs to read it, roughly in sums
 */
record Cover(List<Piece> pieces, int cost) {

	/** No time. */
	static final Cover NOTHING = new Cover(List.of(), 0);

	/** More than anything else costs. */
	static final Cover NOT_DONE = new Cover(List.of(), 1_000_000_000);

	/** They are looked for team by team. */
	private static final int COST_OF_FACTS = 10;

	/** Each has a row, whose labels are in another one. */
	private static final int COST_OF_FACTS_OF_A_MINUTE = 2;

	static Cover of(Piece piece, int cost) {
		return new Cover(List.of(piece), cost);
	}

	static Cover ofFacts(Range range, boolean less) {
		int minutes = (int) Duration.between(range.start(), range.end()).toMinutes();
		return of(new Piece(null, range, less, null), COST_OF_FACTS + COST_OF_FACTS_OF_A_MINUTE * minutes);
	}

	/** Return both, one after the other. */
	Cover and(Cover other) {
		List<Piece> all = new ArrayList<>(this.pieces);
		other.addTo(all);
		return new Cover(all, this.cost + other.cost);
	}

	/** Add the pieces behind others, joined with what they follow. */
	void addTo(List<Piece> others) {
		for (Piece piece : this.pieces) {
			boolean follows = !others.isEmpty() && others.getLast().isFollowedBy(piece);
			others.add(follows ? others.removeLast().with(piece) : piece);
		}
	}

	/**
	 * Return it with all pieces counting when a range begins, if some are of what is
	 * outside of it.
	 * @param range what is put together
	 * @param always whether they shall anyway
	 */
	Cover countingIn(Range range, boolean always) {
		return (always || this.pieces.stream().anyMatch((piece) -> piece.isOutside(range)))
				? new Cover(this.pieces.stream().map((piece) -> piece.countingAt(range.start())).toList(), this.cost)
				: this;
	}

	/** Return what costs less, this if both cost the same. */
	Cover or(Cover other) {
		return (other.cost < this.cost) ? other : this;
	}

}
