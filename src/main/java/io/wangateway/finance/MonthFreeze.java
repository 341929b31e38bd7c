package io.wangateway.finance;

import java.time.YearMonth;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes down what a month came to when it is closed, so that its reports stay the same
 * whatever is renamed, erased or settled later.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class MonthFreeze {

	private final JdbcClient jdbc;

	MonthFreeze(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Freeze a month.
	 * @param month one in which nothing is posted any more
	 */
	void freeze(YearMonth month) {
		run(month, """
				insert into closed_team (month, team_id, name, cost_center)
				select :month, id, name, cost_center from known_team""");
		run(month, "insert into closed_key (month, key_id, name) select :month, id, name from known_key");
		run(month, """
				insert into closed_usage (month, hour, livemode, team_id, key_id, model, mode, resolution, audio,
				        labels, tasks, completed, cancelled, seconds, billed_seconds, gross, charged, adjusted, held)
				with span as (
				    select books_month_start(:month) as begin,
				           books_month_start((cast(:month as date) + interval '1 month')::date) as end
				), fact as (
				    select g.id, g.settled_at as at, g.livemode, g.team_id, g.key_id, g.model, g.mode, g.resolution,
				           g.audio, 1 as tasks, (g.state = 'SUCCEEDED')::integer as completed,
				           (g.state = 'CANCELLED')::integer as cancelled, g.seconds, g.billed_seconds,
				           g.maximum_cost as gross, g.charged, 0 as adjusted, 0 as held
				      from span
				      join settled_generation g on g.settled_at >= span.begin and g.settled_at < span.end
				     union all
				    select a.id, a.posted_at, a.livemode, a.team_id, a.key_id, a.model, a.mode, a.resolution, a.audio,
				           0, 0, 0, 0, 0, 0, 0, a.amount, 0
				      from span
				      join posted_adjustment a on a.posted_at >= span.begin and a.posted_at < span.end
				     union all
				    select o.id, span.end - interval '1 hour', o.livemode, o.team_id, o.key_id, o.model, o.mode,
				           o.resolution, o.audio, 0, 0, 0, 0, 0, 0, 0, 0, o.maximum_cost
				      from span
				     cross join outstanding_generation o
				)
				select :month, date_trunc('hour', f.at, (select zone from books)) as hour, f.livemode, f.team_id,
				       f.key_id, f.model, f.mode, f.resolution, f.audio, c.labels,
				       sum(f.tasks), sum(f.completed), sum(f.cancelled), sum(f.seconds),
				       coalesce(sum(f.billed_seconds), 0), sum(f.gross), sum(f.charged), sum(f.adjusted), sum(f.held)
				  from fact f
				  left join generation_content c on c.generation_id = f.id
				 group by hour, f.livemode, f.team_id, f.key_id, f.model, f.mode, f.resolution, f.audio, c.labels""");
	}

	private void run(YearMonth month, String sql) {
		this.jdbc.sql(sql).param("month", month.atDay(1)).update();
	}

}
