package io.wangateway.usage;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.wangateway.usage.Dimension.Kind;

/**
 * What a time is put together from: as few and as large sums as possible, and single
 * facts where there are none. A part of a unit of time may also be had from the sums of
 * the whole, less those of the rest, and days from sums of parts of months.
 */
final class Pieces {

	/** For more ranges it would take longer to find such parts than it spares. */
	private static final int MOST_WITH_LESS = 12;

	private final List<Level> levels;

	private final Summed summed;

	private final ZoneId books;

	private final boolean mayTakeAway;

	private Pieces(List<Level> levels, Summed summed, ZoneId books, boolean mayTakeAway) {
		this.levels = levels;
		this.summed = summed;
		this.books = books;
		this.mayTakeAway = mayTakeAway;
	}

	/**
	 * Put together time.
	 * @param ranges what is put together, each for itself, in order
	 * @param told what must be told apart
	 * @param summed what there are sums of
	 * @param books the zone of the books
	 * @return the pieces of all ranges, those that go on where another ends joined with
	 * it
	 */
	static List<Piece> of(List<Range> ranges, Set<Kind> told, Summed summed, ZoneId books) {
		boolean mayTakeAway = ranges.size() <= MOST_WITH_LESS;
		Pieces pieces = new Pieces(levels(told), summed, books, mayTakeAway);
		Optional<Level> days = pieces.levels.stream()
			.filter(PartsOfMonths.DAYS::contains)
			.filter((_) -> mayTakeAway && summed.partsFrom().isBefore(summed.until()))
			.findFirst();
		List<Piece> all = new ArrayList<>();
		for (Range range : ranges) {
			Cover cover = pieces.cover(range.start(), range.end(), 0, false);
			Cover best = days.map((day) -> cover.or(pieces.coverDays(range, day))).orElse(cover);
			(mayTakeAway ? best.countingIn(range, told.contains(Kind.LABEL)) : best).addTo(all);
		}
		return all;
	}

	/** Return the first level of each grain that tells enough, the coarsest first. */
	private static List<Level> levels(Set<Kind> told) {
		Map<Grain, Level> levels = new EnumMap<>(Grain.class);
		for (Level level : Level.values()) {
			if (!level.grain().isPartOfMonth() && told.stream().allMatch(level::tells)) {
				levels.putIfAbsent(level.grain(), level);
			}
		}
		return List.copyOf(levels.values()).reversed();
	}

	/**
	 * Put together time from whole days, which may be a part of a day more or less, and
	 * from finer sums what that is.
	 */
	private Cover coverDays(Range range, Level day) {
		PartsOfMonths days = new PartsOfMonths(day, this.summed, this.books);
		int finer = this.levels.indexOf(day) + 1;
		Instant end = range.end().isBefore(this.summed.until()) ? range.end() : this.summed.until();
		Cover best = Cover.NOT_DONE;
		for (Instant first : List.of(floor(Grain.DAY, range.start()), ceiling(Grain.DAY, range.start()))) {
			for (Instant last : List.of(floor(Grain.DAY, end), ceiling(Grain.DAY, end))) {
				if (first.isBefore(last) && !last.isAfter(this.summed.until())) {
					best = best.or(edge(range.start(), first, finer).and(days.cover(first, last))
						.and(edge(last, range.end(), finer)));
				}
			}
		}
		return best;
	}

	/** Put together time up to another, or take it away where that comes before. */
	private Cover edge(Instant from, Instant to, int level) {
		return from.isBefore(to) ? cover(from, to, level, false) : cover(to, from, level, true);
	}

	/**
	 * Put together time.
	 * @param start where it begins
	 * @param end where it ends
	 * @param from the coarsest level that may be used
	 * @param less whether it is taken away
	 */
	private Cover cover(Instant start, Instant end, int from, boolean less) {
		if (!start.isBefore(end)) {
			return Cover.NOTHING;
		}
		if (from == this.levels.size()) {
			return Cover.ofFacts(new Range(start, end), less);
		}
		Grain grain = this.levels.get(from).grain();
		Instant first = ceiling(grain, start);
		Instant last = floor(grain, end.isBefore(this.summed.until()) ? end : this.summed.until());
		if (first.isBefore(last)) {
			return part(start, first, from, less).and(whole(first, last, from, less)).and(part(last, end, from, less));
		}
		if (start.isBefore(first) && first.isBefore(end)) {
			return part(start, first, from, less).and(part(first, end, from, less));
		}
		return part(start, end, from, less);
	}

	/** Put together what is a part of a unit, or what there are no sums of. */
	private Cover part(Instant start, Instant end, int level, boolean less) {
		Cover parts = cover(start, end, level + 1, less);
		Grain grain = this.levels.get(level).grain();
		Instant begin = floor(grain, start);
		Instant until = next(grain, begin);
		if (!this.mayTakeAway || !start.isBefore(end) || until.isBefore(end) || until.isAfter(this.summed.until())) {
			return parts;
		}
		return parts.or(whole(begin, until, level, less).and(cover(begin, start, level + 1, !less))
			.and(cover(end, until, level + 1, !less)));
	}

	private Cover whole(Instant start, Instant end, int level, boolean less) {
		Grain grain = this.levels.get(level).grain();
		int units = 0;
		for (Instant at = start; at.isBefore(end); at = next(grain, at)) {
			units++;
		}
		return Cover.of(new Piece(this.levels.get(level), new Range(start, end), less, null), units * grain.sums());
	}

	/** Like the grain's, but the month that is not over ends where its sums do. */
	private Instant floor(Grain grain, Instant at) {
		Instant floor = grain.floor(at, this.books);
		Instant monthUntil = this.summed.monthUntil();
		return (grain == Grain.MONTH && monthUntil.isAfter(floor) && !monthUntil.isAfter(at)) ? monthUntil : floor;
	}

	private Instant ceiling(Grain grain, Instant at) {
		Instant floor = floor(grain, at);
		return floor.equals(at) ? at : next(grain, floor);
	}

	private Instant next(Grain grain, Instant start) {
		Instant next = grain.next(start, this.books);
		Instant monthUntil = this.summed.monthUntil();
		return (grain == Grain.MONTH && monthUntil.isAfter(start) && monthUntil.isBefore(next)) ? monthUntil : next;
	}

}
