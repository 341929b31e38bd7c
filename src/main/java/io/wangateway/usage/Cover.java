package io.wangateway.usage;

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

	/** A quarter of an hour has few, but each is looked up. */
	private static final int COST_OF_FACTS = 40;

	/** More than anything else costs. */
	private static final int COST_OF_WHAT_IS_NOT_DONE = 1_000_000;

	static Cover of(Piece piece, int cost) {
		return new Cover(List.of(piece), cost);
	}

	/** Facts are never taken away. */
	static Cover ofFacts(Range range, boolean less) {
		return of(new Piece(null, range, less, null), less ? COST_OF_WHAT_IS_NOT_DONE : COST_OF_FACTS);
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
	 * Return it with the sums of what is outside of a range counting when that begins,
	 * and with them all others.
	 */
	Cover countingIn(Range range) {
		return this.pieces.stream().noneMatch((piece) -> piece.less() || piece.range().start().isBefore(range.start()))
				? this
				: new Cover(this.pieces.stream()
					.map((piece) -> (piece.level() != null) ? piece.countingAt(range.start()) : piece)
					.toList(), this.cost);
	}

	/** Return what costs less, this if both cost the same. */
	Cover or(Cover other) {
		return (other.cost < this.cost) ? other : this;
	}

}
