package io.wangateway.finance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import io.wangateway.pricing.Money;
import io.wangateway.team.TeamId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Adds up what a month came to from all sides, in one statement and so at one moment.
 */
@Component
class MonthCheck {

	private final JdbcClient jdbc;

	private final BillComparison bills;

	MonthCheck(JdbcClient jdbc, BillComparison bills) {
		this.jdbc = jdbc;
		this.bills = bills;
	}

	/**
	 * Check a month, which may be the present one.
	 * @param month which
	 * @return what the sides say
	 */
	CheckedMonth check(Month month) {
		List<CheckedMonth.Sides> sides = this.jdbc
			.sql("""
					with span as (
					    select cast(:month as date) as month, books_month_start(:month) as begin,
					           books_month_start((cast(:month as date) + interval '1 month')::date) as end
					), amount as (
					    select g.team_id, 'task' as side, a.charged + coalesce(a.excess, 0) as amount
					      from span
					      join settled_generation g on g.settled_at >= span.begin and g.settled_at < span.end and g.livemode
					      join accounted_generation a on a.id = g.id
					     union all
					    select e.team_id, case when e.kind = 'adjustment' and e.actor is not null then 'person' else 'entry' end,
					           e.amount
					      from span
					      join ledger_entry e on e.month = span.month and e.livemode and e.kind in ('charge', 'adjustment')
					       and e.posted_at >= span.begin and e.posted_at < span.end
					     union all
					    select m.team_id, 'account', m.spent from span join account_month m on m.month = span.month and m.livemode
					     union all
					    select u.team_id, 'report', u.charged + u.adjusted
					      from span
					      join closed_usage u on u.month = span.month and u.livemode
					     union all
					    select g.team_id, 'report', g.charged
					      from span
					      join settled_generation g on g.settled_at >= span.begin and g.settled_at < span.end and g.livemode
					     where not :closed
					     union all
					    select p.team_id, 'report', p.amount
					      from span
					      join posted_adjustment p on p.posted_at >= span.begin and p.posted_at < span.end and p.livemode
					     where not :closed
					)
					select team_id,
					       coalesce(sum(amount) filter (where side = 'task'), 0) as tasks,
					       coalesce(sum(amount) filter (where side = 'person'), 0) as adjustments,
					       coalesce(sum(amount) filter (where side in ('entry', 'person')), 0) as ledger,
					       coalesce(sum(amount) filter (where side = 'account'), 0) as accounts,
					       coalesce(sum(amount) filter (where side = 'report'), 0) as report
					  from amount
					 group by grouping sets ((team_id), ())
					 order by team_id nulls first""")
			.param("month", month.month().atDay(1))
			.param("closed", month.closed())
			.query((row, _) -> sides(row))
			.list();
		List<CheckedMonth.Sides> differences = sides.stream().skip(1).filter((team) -> !team.agree()).toList();
		CheckedMonth.Sides total = sides.getFirst();
		return new CheckedMonth(month.month(), month.closed(), differences.isEmpty() && total.agree(), Money.CURRENCY,
				total, differences, this.bills.of(month.month()).orElse(null));
	}

	private static CheckedMonth.Sides sides(ResultSet row) throws SQLException {
		int team = row.getInt("team_id");
		return new CheckedMonth.Sides(row.wasNull() ? null : new TeamId(team), new Money(row.getBigDecimal("tasks")),
				new Money(row.getBigDecimal("adjustments")), new Money(row.getBigDecimal("ledger")),
				new Money(row.getBigDecimal("accounts")), new Money(row.getBigDecimal("report")));
	}

}
