package io.wangateway.usage;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.wangateway.pricing.Money;
import io.wangateway.team.TeamId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Looks up what statements show and reports do not.
 */
@Component
class StatementFigures {

	/** More corrections than a person reads. */
	private static final int MAX_CORRECTIONS = 1000;

	private static final int TOP = 10;

	private static final String OF_TEAM = """
			 where x.team_id = :team and x.livemode = :livemode and x.at >= :start and x.at < :end
			""";

	private final JdbcClient jdbc;

	StatementFigures(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Return the labels that cost most. */
	List<LabelShare> topLabels(TeamId team, boolean livemode, Range range) {
		return query("""
				select l.key, l.value, sum(x.tasks) as tasks, sum(x.charged + x.adjusted) as net
				  from usage_fact x
				  join generation_content c on c.generation_id = x.id
				 cross join jsonb_each_text(c.labels) l
				""" + OF_TEAM + " group by l.key, l.value order by net desc, l.key, l.value limit " + TOP, team,
				livemode, range)
			.query((row, _) -> new LabelShare(row.getString("key"), row.getString("value"), row.getLong("tasks"),
					new Money(row.getBigDecimal("net"))))
			.list();
	}

	/** Return how often tasks failed for which reason. */
	List<Failures> failures(TeamId team, boolean livemode, Range range) {
		return query("select x.error_code, count(*) as tasks from failed_generation x " + OF_TEAM
				+ " group by x.error_code order by tasks desc, x.error_code", team, livemode, range)
			.query((row, _) -> new Failures(row.getString("error_code"), row.getLong("tasks")))
			.list();
	}

	/** Return the corrections, in the order of their posting. */
	List<Correction> corrections(TeamId team, boolean livemode, Range range) {
		return query(
				"""
						select x.id, x.at, x.amount, x.reason
						  from (select id, team_id, livemode, posted_at as at, amount, reason, entry_id from posted_adjustment) x
						"""
						+ OF_TEAM + " order by x.entry_id limit " + MAX_CORRECTIONS,
				team, livemode, range)
			.query((row, _) -> new Correction(row.getObject("at", OffsetDateTime.class).toInstant(),
					row.getObject("id", UUID.class), new Money(row.getBigDecimal("amount")), row.getString("reason")))
			.list();
	}

	/**
	 * Return what the defaults cost: 1080p with sound is what is made when nothing else
	 * is asked for.
	 * @return the cost and what silent 720p would have been at the prices of the end of
	 * the month, unless nothing was charged or there is no such price
	 */
	Optional<Defaults> defaults(TeamId team, boolean livemode, Range range) {
		return query("""
				select sum(x.charged) as charged, sum(x.billed_seconds * s.unit_price) as saving,
				       coalesce(bool_and(s.unit_price is not null), false) as known
				  from usage_fact x
				  join price p on p.id = x.price_id and p.resolution = '1080p' and p.audio
				  left join price_in_force s on s.model = p.model and s.mode = p.mode and s.resolution = '720p'
				   and not s.audio and s.effective_from < :end and (s.effective_to is null or s.effective_to >= :end)
				""" + OF_TEAM + " and x.charged > 0", team, livemode, range).query((row, _) -> row.getBoolean("known")
				? Optional.of(new Defaults(row.getBigDecimal("charged"), row.getBigDecimal("saving")))
				: Optional.<Defaults>empty())
			.single();
	}

	private JdbcClient.StatementSpec query(String sql, TeamId team, boolean livemode, Range range) {
		return this.jdbc.sql(sql)
			.param("team", team.value())
			.param("livemode", livemode)
			.param("start", Timestamps.of(range.start()))
			.param("end", Timestamps.of(range.end()));
	}

	/**
	 * What a label's value cost.
	 *
	 * @param name the label
	 * @param value its value
	 * @param tasks how many tasks carried it
	 * @param net what they cost
	 */
	record LabelShare(String name, String value, long tasks, Money net) {
	}

	/**
	 * Tasks that cost nothing.
	 *
	 * @param code why they failed
	 * @param tasks how many
	 */
	record Failures(String code, long tasks) {
	}

	/**
	 * A correction.
	 *
	 * @param posted when
	 * @param task what it is about, if it is about one
	 * @param amount how much
	 * @param reason why
	 */
	record Correction(Instant posted, @Nullable UUID task, Money amount, String reason) {
	}

	/**
	 * What the defaults cost.
	 *
	 * @param charged for 1080p with sound
	 * @param cheapest what the same seconds would have been in silent 720p
	 */
	record Defaults(BigDecimal charged, BigDecimal cheapest) {
	}

}
