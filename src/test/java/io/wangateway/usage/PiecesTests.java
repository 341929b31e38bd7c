package io.wangateway.usage;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import io.wangateway.usage.Dimension.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What reports are put together from. */
class PiecesTests {

	private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

	private static final Instant EARLIEST = Instant.parse("2025-12-15T10:07:00Z");

	private static final Summed SUMMED = new Summed(Instant.parse("2026-11-27T14:45:00Z"),
			Instant.parse("2026-11-26T16:00:00Z"), Instant.parse("2025-12-31T16:00:00Z"), true);

	private static final Set<Kind> EVERYTHING = EnumSet.allOf(Kind.class);

	private final Random random = new Random(20261127);

	@Test
	void piecesLessThoseTakenAwayAreExactlyTheTime() {
		for (int i = 0; i < 5000; i++) {
			Range range = range();
			Set<Kind> told = told();
			List<Piece> pieces = Pieces.of(List.of(range), told, SUMMED, SHANGHAI);
			assertThat(changes(pieces)).as("%s by %s: %s", range, told, pieces)
				.isEqualTo(Map.of(range.start(), 1, range.end(), -1));
			assertThat(pieces).allSatisfy((piece) -> expectSums(piece, told));
		}
	}

	@Test
	void whatCountsInABucketIsExactlyItsTime() {
		for (int i = 0; i < 500; i++) {
			List<Range> buckets = buckets();
			List<Piece> pieces = Pieces.of(buckets, told(), SUMMED, SHANGHAI);
			for (Range bucket : buckets) {
				assertThat(changes(pieces.stream().flatMap((piece) -> inside(bucket, piece).stream()).toList()))
					.as("%s of %s: %s", bucket, buckets, pieces)
					.isEqualTo(Map.of(bucket.start(), 1, bucket.end(), -1));
			}
		}
	}

	@Test
	void monthThatIsNotOverIsOnePieceUntilToday() {
		assertThat(pieces("2026-10-31T16:00:00Z", "2026-11-30T16:00:00Z", EVERYTHING)).startsWith(
				"MONTH_BY_ALL 2026-10-31T16:00:00Z 2026-11-26T16:00:00Z",
				"SIX_HOURS_BY_ALL 2026-11-26T16:00:00Z 2026-11-27T10:00:00Z",
				"QUARTER_BY_ALL 2026-11-27T10:00:00Z 2026-11-27T14:45:00Z");
	}

	@Test
	void monthOfAnotherZoneIsThatOfTheBooksBesidesItsEdges() {
		assertThat(pieces("2026-10-01T04:00:00Z", "2026-11-01T04:00:00Z", EVERYTHING)).containsExactlyInAnyOrder(
				"MONTH_BY_ALL 2026-09-30T16:00:00Z 2026-10-31T16:00:00Z",
				"less SIX_HOURS_BY_ALL 2026-09-30T16:00:00Z 2026-10-01T04:00:00Z",
				"SIX_HOURS_BY_ALL 2026-10-31T16:00:00Z 2026-11-01T04:00:00Z");
	}

	@Test
	void daysOfTwoMonthsAreTheRestOfTheOneAndTheOtherToDate() {
		assertThat(pieces("2026-09-16T16:00:00Z", "2026-10-15T16:00:00Z", EVERYTHING)).containsExactlyInAnyOrder(
				"REST_OF_MONTH_BY_ALL 2026-09-16T16:00:00Z 2026-09-30T16:00:00Z",
				"MONTH_TO_DATE_BY_ALL 2026-09-30T16:00:00Z 2026-10-15T16:00:00Z");
	}

	@Test
	void whatDoesNotTellKeysApartIsFewer() {
		assertThat(pieces("2026-09-16T16:00:00Z", "2026-10-15T16:00:00Z", Set.of(Kind.LABEL, Kind.MODE)))
			.containsExactlyInAnyOrder("REST_OF_MONTH_BY_LABELS_AND_PRICE 2026-09-16T16:00:00Z 2026-09-30T16:00:00Z",
					"MONTH_TO_DATE_BY_LABELS_AND_PRICE 2026-09-30T16:00:00Z 2026-10-15T16:00:00Z");
	}

	@Test
	void daysOfOneMonthAreWhatThereIsUpToTheLastLessWhatThereIsUpToTheFirst() {
		assertThat(pieces("2026-11-10T16:00:00Z", "2026-11-24T16:00:00Z", EVERYTHING)).containsExactlyInAnyOrder(
				"MONTH_TO_DATE_BY_ALL 2026-10-31T16:00:00Z 2026-11-24T16:00:00Z",
				"less MONTH_TO_DATE_BY_ALL 2026-10-31T16:00:00Z 2026-11-10T16:00:00Z");
	}

	@Test
	void daysAtTheEndOfAMonthAreItsRestLessWhatComesBehindThem() {
		assertThat(pieces("2026-09-14T16:00:00Z", "2026-09-29T16:00:00Z", EVERYTHING)).containsExactlyInAnyOrder(
				"REST_OF_MONTH_BY_ALL 2026-09-14T16:00:00Z 2026-09-30T16:00:00Z",
				"less REST_OF_MONTH_BY_ALL 2026-09-29T16:00:00Z 2026-09-30T16:00:00Z");
	}

	@Test
	void daysOfOneMonthAreTakenOneByOneIfTheyAreFew() {
		assertThat(pieces("2026-09-14T16:00:00Z", "2026-09-16T16:00:00Z", EVERYTHING))
			.containsExactly("DAY_BY_ALL 2026-09-14T16:00:00Z 2026-09-16T16:00:00Z");
	}

	@Test
	void ofAQuarterOfAnHourTheShorterPartIsReadTaskByTask() {
		assertThat(pieces("2026-09-14T13:05:00Z", "2026-09-14T13:55:00Z", EVERYTHING)).containsExactlyInAnyOrder(
				"QUARTER_BY_ALL 2026-09-14T13:00:00Z 2026-09-14T13:15:00Z",
				"QUARTER_BY_ALL 2026-09-14T13:15:00Z 2026-09-14T14:00:00Z",
				"less null 2026-09-14T13:00:00Z 2026-09-14T13:05:00Z",
				"less null 2026-09-14T13:55:00Z 2026-09-14T14:00:00Z");
	}

	private static List<String> pieces(String start, String end, Set<Kind> told) {
		return Pieces.of(List.of(new Range(Instant.parse(start), Instant.parse(end))), told, SUMMED, SHANGHAI)
			.stream()
			.map((piece) -> (piece.less() ? "less " : "") + piece.level() + " " + piece.range().start() + " "
					+ piece.range().end())
			.toList();
	}

	private Range range() {
		Instant start = EARLIEST.plusSeconds(this.random.nextInt(30_000_000));
		Instant end = start.plusSeconds(1 + this.random.nextInt(this.random.nextBoolean() ? 3_000_000 : 40_000_000));
		return this.random.nextBoolean() ? new Range(start, end)
				: new Range(Grain.DAY.floor(start, SHANGHAI), Grain.SIX_HOURS.ceiling(end, SHANGHAI));
	}

	private List<Range> buckets() {
		List<Range> buckets = new ArrayList<>(List.of(range()));
		for (int i = this.random.nextInt(20); i > 0; i--) {
			Instant start = buckets.getLast().end();
			buckets.add(new Range(start, start.plusSeconds(1 + this.random.nextInt(3_000_000))));
		}
		return buckets;
	}

	/** Return what of a piece counts in a bucket. */
	private static Optional<Piece> inside(Range bucket, Piece piece) {
		if (piece.at() != null) {
			return Optional.of(piece).filter((_) -> piece.at().equals(bucket.start()));
		}
		Range range = piece.range();
		Instant start = range.start().isBefore(bucket.start()) ? bucket.start() : range.start();
		Instant end = range.end().isBefore(bucket.end()) ? range.end() : bucket.end();
		return start.isBefore(end) ? Optional.of(new Piece(piece.level(), new Range(start, end), piece.less(), null))
				: Optional.empty();
	}

	private Set<Kind> told() {
		Set<Kind> told = EnumSet.noneOf(Kind.class);
		EVERYTHING.stream().filter((_) -> this.random.nextInt(3) == 0).forEach(told::add);
		return told;
	}

	/** Return by how much it changes how often a time is counted, where it does. */
	private static Map<Instant, Integer> changes(List<Piece> pieces) {
		Map<Instant, Integer> changes = new TreeMap<>();
		pieces.forEach((piece) -> {
			changes.merge(piece.range().start(), piece.less() ? -1 : 1, Integer::sum);
			changes.merge(piece.range().end(), piece.less() ? 1 : -1, Integer::sum);
		});
		changes.values().removeIf((change) -> change == 0);
		return changes;
	}

	/** They must exist, and tell what is asked for. */
	private static void expectSums(Piece piece, Set<Kind> told) {
		if (piece.level() == null) {
			return;
		}
		Grain grain = piece.level().grain();
		Range range = piece.range();
		assertThat(told).allMatch(piece.level()::tells);
		assertThat(range.end()).isBeforeOrEqualTo(SUMMED.until());
		if (grain.isPartOfMonth()) {
			expectPartOfMonth(range, grain);
			return;
		}
		assertThat(grain.floor(range.start(), SHANGHAI)).isEqualTo(range.start());
		if (grain != Grain.MONTH || !range.end().equals(SUMMED.monthUntil())) {
			assertThat(grain.floor(range.end(), SHANGHAI)).isEqualTo(range.end());
		}
	}

	private static void expectPartOfMonth(Range range, Grain grain) {
		assertThat(Grain.DAY.floor(range.start(), SHANGHAI)).isEqualTo(range.start());
		assertThat(Grain.DAY.floor(range.end(), SHANGHAI)).isEqualTo(range.end());
		Instant month = Grain.MONTH.floor(range.start(), SHANGHAI);
		assertThat(month).isAfterOrEqualTo(SUMMED.partsFrom());
		Instant next = Grain.MONTH.next(month, SHANGHAI);
		assertThat(range.end()).isBeforeOrEqualTo(next);
		if (grain == Grain.MONTH_TO_DATE) {
			assertThat(range.start()).isEqualTo(month);
		}
		else {
			assertThat(range.end()).isEqualTo(next);
		}
	}

}
