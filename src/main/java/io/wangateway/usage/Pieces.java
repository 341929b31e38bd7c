package io.wangateway.usage;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.wangateway.usage.Dimension.Kind;

/**
 * What a time is put together from: as few and as large sums as possible, and single
 * facts where there are none.
 */
final class Pieces {

	private final Map<Level, List<Range>> sums = new EnumMap<>(Level.class);

	private final List<Range> facts = new ArrayList<>();

	private final List<Level> levels;

	private final Instant summedUntil;

	private final ZoneId books;

	private Pieces(List<Level> levels, Instant summedUntil, ZoneId books) {
		this.levels = levels;
		this.summedUntil = summedUntil;
		this.books = books;
	}

	/**
	 * Put together time.
	 * @param ranges what is put together, each for itself, in order
	 * @param told what must be told apart
	 * @param summedUntil where the sums end
	 * @param books the zone of the books
	 * @return the pieces
	 */
	static Pieces of(List<Range> ranges, Set<Kind> told, Instant summedUntil, ZoneId books) {
		List<Level> levels = new ArrayList<>(List.of(Level.values()));
		levels.removeIf((level) -> !told.stream().allMatch(level::tells));
		Pieces pieces = new Pieces(levels, summedUntil, books);
		ranges.forEach((range) -> pieces.add(range.start(), range.end(), 0));
		return pieces;
	}

	private void add(Instant start, Instant end, int from) {
		if (!start.isBefore(end)) {
			return;
		}
		for (int i = from; i < this.levels.size(); i++) {
			Grain grain = this.levels.get(i).grain();
			Instant first = grain.ceiling(start, this.books);
			Instant last = grain.floor(end.isBefore(this.summedUntil) ? end : this.summedUntil, this.books);
			if (first.isBefore(last)) {
				add(start, first, i + 1);
				join(this.sums.computeIfAbsent(this.levels.get(i), (_) -> new ArrayList<>()), new Range(first, last));
				add(last, end, i + 1);
				return;
			}
		}
		join(this.facts, new Range(start, end));
	}

	private static void join(List<Range> ranges, Range next) {
		if (!ranges.isEmpty() && ranges.getLast().end().equals(next.start())) {
			next = new Range(ranges.removeLast().start(), next.end());
		}
		ranges.add(next);
	}

	/** The ranges whose sums are taken, by level. */
	Map<Level, List<Range>> sums() {
		return this.sums;
	}

	/** The ranges whose facts are added up one by one. */
	List<Range> facts() {
		return this.facts;
	}

}
