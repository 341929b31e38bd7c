package io.wangateway.usage;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive units of time of one grain.
 *
 * @param starts where each begins
 * @param end where the last ends; no matter where there is none
 */
record Units(List<Instant> starts, Instant end) {

	static final Units NONE = new Units(List.of(), Instant.EPOCH);

	/** Return the units that are over by the end of a range and were not by its start. */
	static Units endingIn(Range range, Grain grain, ZoneId books) {
		List<Instant> starts = grain.endingIn(range, books);
		return new Units(starts, starts.isEmpty() ? range.start() : grain.next(starts.getLast(), books));
	}

	/** Return the month that is not over, up to the end of a day; none on its first. */
	static Units monthSoFar(Instant until, ZoneId books) {
		Instant start = Grain.MONTH.floor(until, books);
		return new Units(start.isBefore(until) ? List.of(start) : List.of(), until);
	}

	/** Return where each ends. */
	List<Instant> stops() {
		List<Instant> stops = new ArrayList<>(this.starts.subList(1, this.starts.size()));
		stops.add(this.end);
		return stops;
	}

	/** Return the starts at which a month begins, or all others. */
	List<Instant> startingMonths(boolean wanted, ZoneId books) {
		return this.starts.stream().filter((start) -> Grain.MONTH.floor(start, books).equals(start) == wanted).toList();
	}

	/** Return these and those that follow them. */
	Units and(Units following) {
		List<Instant> all = new ArrayList<>(this.starts);
		all.addAll(following.starts);
		return new Units(all, following.starts.isEmpty() ? this.end : following.end);
	}

	boolean isEmpty() {
		return this.starts.isEmpty();
	}

}
