package io.wangateway.finance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.List;

import io.wangateway.ledger.Ledger;
import io.wangateway.pricing.Money;
import io.wangateway.team.Audit;
import io.wangateway.team.Caller.Operator;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The months of the books, from the first in which anything happened to the present one.
 * Whoever posts holds the month's row for share, and closing takes it for update, so that
 * a month is closed with everything in it that began in it.
 */
@Component
class Months {

	/** For what was under way when the month ended. */
	private static final Duration GRACE = Duration.ofHours(1);

	private final JdbcClient jdbc;

	private final MonthFreeze freeze;

	private final Ledger ledger;

	private final Audit audit;

	Months(JdbcClient jdbc, MonthFreeze freeze, Ledger ledger, Audit audit) {
		this.jdbc = jdbc;
		this.freeze = freeze;
		this.ledger = ledger;
		this.audit = audit;
	}

	/** Return all months, the latest first. */
	List<Month> all() {
		return this.jdbc.sql("""
				with known as (
				    select books_month(books_now()) as month
				     union all
				    select month from account_month
				     union all
				    select month from period
				)
				select m.month::date, books_month_start(m.month::date) as starts_at,
				       books_month_start((m.month + interval '1 month')::date) as ends_at, p.closed_at, p.closed_by,
				       (select coalesce(sum(a.spent), 0)
				          from account_month a
				         where a.month = m.month and a.livemode) as spent
				  from (select generate_series(min(known.month), max(known.month), interval '1 month') as month
				          from known) m
				  left join period p on p.month = m.month
				 order by m.month desc""").query(Months::month).list();
	}

	/**
	 * Return a month.
	 * @param month which
	 * @return the month
	 * @throws ApiException if it is before the first or has not begun
	 */
	Month find(YearMonth month) {
		return all().stream()
			.filter((known) -> known.month().equals(month))
			.findFirst()
			.orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "Nothing happened in " + month));
	}

	/**
	 * Close a month for ever: nothing is posted in it any more, and its figures and names
	 * stay as they are now. What is still held goes on being held.
	 * @param operator who closes it
	 * @param month which
	 * @return the closed month
	 * @throws ApiException if there is no such month, if it is closed already, or if it
	 * has not ended an hour ago
	 */
	@Transactional
	Month close(Operator operator, YearMonth month) {
		Month open = find(month);
		Instant now = this.ledger.now();
		if (now.isBefore(open.closableAt())) {
			throw new ApiException(ErrorCode.NOT_COMPLETED,
					"%s can be closed from %s on".formatted(month, open.closableAt()));
		}
		lock(month);
		this.freeze.freeze(month);
		this.jdbc.sql("update period set closed_at = books_now(), closed_by = :operator where month = :month")
			.param("operator", operator.name())
			.param("month", month.atDay(1))
			.update();
		Month closed = find(month);
		this.audit.record(operator, "period.close", month.toString(), null, closed);
		return closed;
	}

	private void lock(YearMonth month) {
		this.jdbc.sql("insert into period (month) values (:month) on conflict do nothing")
			.param("month", month.atDay(1))
			.update();
		boolean closed = this.jdbc.sql("select closed_at is not null from period where month = :month for update")
			.param("month", month.atDay(1))
			.query(Boolean.class)
			.single();
		if (closed) {
			throw new ApiException(ErrorCode.PERIOD_CLOSED, month + " is closed already");
		}
	}

	private static Month month(ResultSet row, int number) throws SQLException {
		Instant end = row.getObject("ends_at", OffsetDateTime.class).toInstant();
		OffsetDateTime closedAt = row.getObject("closed_at", OffsetDateTime.class);
		return new Month(YearMonth.from(row.getDate("month").toLocalDate()),
				row.getObject("starts_at", OffsetDateTime.class).toInstant(), end, end.plus(GRACE), closedAt != null,
				(closedAt != null) ? closedAt.toInstant() : null, row.getString("closed_by"),
				new Money(row.getBigDecimal("spent")), Money.CURRENCY);
	}

}
