package io.wangateway.usage;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

import io.wangateway.ledger.Books;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds the end of a time in which nothing was settled, such as that before a team's
 * first task, so that reports need not look at it bucket by bucket.
 */
@Component
class NextUsage {

	private final JdbcClient jdbc;

	private final UsageSums sums;

	private final ZoneId books;

	NextUsage(JdbcClient jdbc, UsageSums sums, Books books) {
		this.jdbc = jdbc;
		this.sums = sums;
		this.books = books.zone();
	}

	/**
	 * Return when the first day begins on which something may count, or ends what is
	 * summed.
	 * @param selection what counts; labels and prices are not looked at
	 * @param from when to begin
	 * @return a time from then on, before which nothing counts
	 */
	Instant from(Selection selection, Instant from) {
		SelectionSql conditions = new SelectionSql(selection);
		Map<String, Object> parameters = new HashMap<>();
		conditions.putInto(parameters);
		Instant day = this.jdbc
			.sql("""
					select min(s.at)
					  from known_team t
					 cross join lateral (select at
					                       from usage_sum
					                      where level = 'day_by_team' and livemode = :livemode and team_id = t.id and at >= :day
					                      order by at
					                      limit 1) s
					 where %s
					having min(s.at) is not null"""
				.formatted(conditions.ofTeam()))
			.params(parameters)
			.param("day", Timestamps.of(Grain.DAY.floor(from, this.books)))
			.query(OffsetDateTime.class)
			.optional()
			.map(OffsetDateTime::toInstant)
			.orElseGet(() -> Grain.DAY.floor(this.sums.summed().until(), this.books));
		return day.isBefore(from) ? from : day;
	}

}
