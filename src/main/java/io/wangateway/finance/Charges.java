package io.wangateway.finance;

import java.sql.Types;
import java.util.function.Consumer;

import io.wangateway.team.TeamId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads what was charged and corrected in some time, in the order of posting. Teams and
 * keys have the names of their month if it is closed, so that its exports stay as they
 * are.
 */
@Component
class Charges {

	private final JdbcClient jdbc;

	Charges(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Read all, one at a time.
	 * @param span when it was posted
	 * @param team whose charges, or {@code null} for all teams'
	 * @param reader what takes each
	 */
	@Transactional(readOnly = true)
	void each(Span span, @Nullable TeamId team, Consumer<ChargeRow> reader) {
		Entries.letCallersBeSlow(this.jdbc);
		this.jdbc
			.sql("""
					select e.*, coalesce(ct.name, t.name) as team_name,
					       case when ct.team_id is not null then ct.cost_center else t.cost_center end as cost_center,
					       g.key_id, coalesce(ck.name, k.name) as key_name, g.model, g.mode, g.resolution, g.audio, g.seconds,
					       g.billed_seconds, g.price_id, g.unit_price, g.explanation, g.upstream_ended_at, g.labels
					  from ledger_entry e
					  join known_team t on t.id = e.team_id
					  left join closed_team ct on ct.month = e.month and ct.team_id = e.team_id
					  left join billed_generation g on g.id = e.generation_id
					  left join known_key k on k.id = g.key_id
					  left join closed_key ck on ck.month = e.month and ck.key_id = g.key_id
					 where e.posted_at >= :start and e.posted_at < :end and e.livemode
					   and e.kind in ('charge', 'adjustment')
					   and (:team::integer is null or e.team_id = :team)
					 order by e.posted_at, e.id""")
			.withFetchSize(Entries.FETCH)
			.param("start", span.sqlStart())
			.param("end", span.sqlEnd())
			.param("team", (team != null) ? team.value() : null, Types.INTEGER)
			.query((RowCallbackHandler) (row) -> reader.accept(ChargeRow.of(row)));
	}

}
