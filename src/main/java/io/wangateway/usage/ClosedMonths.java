package io.wangateway.usage;

import java.time.YearMonth;
import java.util.Optional;

import io.wangateway.ledger.Books;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells which reports can't change any more. Nothing is settled or corrected in a closed
 * month, so that its sums stay; the names and what was held are taken from what was
 * frozen when it was closed.
 */
@Component
class ClosedMonths {

	private final JdbcClient jdbc;

	private final Books books;

	ClosedMonths(JdbcClient jdbc, Books books) {
		this.jdbc = jdbc;
		this.books = books;
	}

	/**
	 * Return the closed month that a range is in.
	 * @param range which
	 * @return the month, unless it is open or the range is of several
	 */
	Optional<YearMonth> around(Range range) {
		YearMonth month = YearMonth.from(range.start().atZone(this.books.zone()));
		if (range.end().isAfter(Range.of(month, this.books.zone()).end())) {
			return Optional.empty();
		}
		return this.jdbc.sql("select exists (select from period where month = :month and closed_at is not null)")
			.param("month", month.atDay(1))
			.query(Boolean.class)
			.single() ? Optional.of(month) : Optional.empty();
	}

}
