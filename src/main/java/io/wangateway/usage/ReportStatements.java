package io.wangateway.usage;

import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.wangateway.ledger.Books;
import io.wangateway.usage.Dimension.Kind;

import org.springframework.stereotype.Component;

/**
 * Makes the statements that read rows of reports, from what there is: sums and what they
 * leave over, or what was frozen when a month was closed.
 */
@Component
class ReportStatements {

	private final UsageSums sums;

	private final ClosedMonths closedMonths;

	private final CorrectionsOfNoTask correctionsOfNoTask;

	private final Books books;

	private final Clock clock;

	ReportStatements(UsageSums sums, ClosedMonths closedMonths, CorrectionsOfNoTask correctionsOfNoTask, Books books,
			Clock clock) {
		this.sums = sums;
		this.closedMonths = closedMonths;
		this.correctionsOfNoTask = correctionsOfNoTask;
		this.books = books;
		this.clock = clock;
	}

	/**
	 * Make a statement.
	 * @param query the report
	 * @param slice the buckets that are wanted
	 * @param most how many rows are wanted
	 */
	UsageSql of(UsageQuery query, Slice slice, int most) {
		Summed summed = this.sums.summed();
		YearMonth closed = this.closedMonths.around(query.time().range()).orElse(null);
		Buckets buckets = new Buckets(slice);
		Prices prices = new Prices(query);
		Labels labels = Labels.of(query, summed.fewLabelSets());
		Map<Boolean, List<Piece>> pieces = Pieces.of(slice.ranges(), query.kinds(), summed, this.books.zone())
			.stream()
			.collect(Collectors.partitioningBy((piece) -> piece.level() != null));
		FactSource facts = new FactSource(query, buckets, pieces.getOrDefault(false, List.of()),
				slice.only(heldAt(query)), closed != null);
		SumSource sums = new SumSource(pieces.getOrDefault(true, List.of()), query, buckets, prices, labels);
		AddedUp rows = new AddedUp(query, buckets, facts, sums, prices, labels, mayBeKeyless(query, slice));
		return UsageSql.of(query, rows, closed, most);
	}

	/** Return when what is held counts: in a closed month at its end. */
	Instant heldAt(UsageQuery query) {
		return query.time().nearest(this.clock.instant());
	}

	private boolean mayBeKeyless(UsageQuery query, Slice slice) {
		boolean ofManyTeams = query.kinds().contains(Kind.API_KEY) && !query.kinds().contains(Kind.TEAM);
		return ofManyTeams && this.correctionsOfNoTask.areIn(new Range(slice.starts().getFirst(), slice.end()));
	}

}
