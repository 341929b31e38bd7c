package io.wangateway.ledger;

import java.util.List;

import io.wangateway.pricing.Money;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Proves that the running sums, the entries and the tasks say the same: for each account
 * what is held, for each month what was spent, and for each task its hold, charge,
 * release and excess. It reads everything there is, in one statement and so at one
 * moment, and takes as long as that takes.
 */
@Component
public class BooksCheck {

	private static final int MOST = 100;

	private final JdbcClient jdbc;

	BooksCheck(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Look for differences.
	 * @return what does not agree, a hundred at most; nothing if the books are right
	 */
	public List<Difference> differences() {
		return this.jdbc
			.sql("""
					with posted as (
					    select generation_id,
					           coalesce(sum(amount) filter (where kind = 'hold'), 0) as hold,
					           coalesce(sum(amount) filter (where kind = 'charge'), 0) as charge,
					           coalesce(sum(amount) filter (where kind = 'release'), 0) as release,
					           coalesce(sum(amount) filter (where kind = 'adjustment' and actor is null), 0) as excess,
					           count(*) filter (where kind in ('charge', 'release')) as settlements
					      from ledger_entry
					     where generation_id is not null
					     group by generation_id
					), task as (
					    select g.id, g.maximum_cost, g.charged, coalesce(g.excess, 0) as excess, coalesce(p.hold, 0) as hold,
					           coalesce(p.charge, 0) as charge, coalesce(p.release, 0) as release,
					           coalesce(p.excess, 0) as posted_excess, coalesce(p.settlements, 0) as settlements
					      from accounted_generation g
					      left join posted p on p.generation_id = g.id
					), held as (
					    select team_id, livemode, sum(case kind when 'hold' then amount else -amount end) as amount
					      from ledger_entry
					     where kind <> 'adjustment'
					     group by team_id, livemode
					), open as (
					    select team_id, livemode, sum(maximum_cost) as amount
					      from accounted_generation
					     where charged is null
					     group by team_id, livemode
					), spent as (
					    select team_id, livemode, month, sum(amount) as amount
					      from ledger_entry
					     where kind in ('charge', 'adjustment')
					     group by team_id, livemode, month
					), difference as (
					    select 'held: account and entries' as what, format('team_%s livemode=%s', team_id, livemode) as subject,
					           coalesce(a.held, 0) as found, coalesce(h.amount, 0) as expected
					      from account a full join held h using (team_id, livemode)
					     union all
					    select 'held: account and open tasks', format('team_%s livemode=%s', team_id, livemode),
					           coalesce(a.held, 0), coalesce(o.amount, 0)
					      from account a full join open o using (team_id, livemode)
					     union all
					    select 'spent: account and entries', format('team_%s livemode=%s %s', team_id, livemode, month),
					           coalesce(m.spent, 0), coalesce(s.amount, 0)
					      from account_month m full join spent s using (team_id, livemode, month)
					     union all
					    select 'hold: entry and task', id::text, hold, maximum_cost from task
					     union all
					    select 'charge: entry and task', id::text, charge, coalesce(charged, 0) from task
					     union all
					    select 'release: entry and task', id::text, release, maximum_cost - charged
					      from task where charged is not null
					     union all
					    select 'excess: entry and task', id::text, posted_excess, excess from task
					     union all
					    select 'settlements of an open task', id::text, settlements, 0 from task where charged is null
					     union all
					    select 'task of an entry', generation_id::text, hold, 0
					      from posted
					     where not exists (select from accounted_generation g where g.id = generation_id)
					)
					select what, subject, found, expected
					  from difference
					 where found <> expected
					 order by what, subject
					 limit :most""")
			.param("most", MOST)
			.query((row, _) -> new Difference(row.getString("what"), row.getString("subject"),
					new Money(row.getBigDecimal("found")), new Money(row.getBigDecimal("expected"))))
			.list();
	}

	/**
	 * Two sides of the books that should be equal and are not.
	 *
	 * @param what which sides
	 * @param subject the account, the account's month or the task
	 * @param found what the first side says
	 * @param expected what the second side says
	 */
	public record Difference(String what, String subject, Money found, Money expected) {
	}

}
