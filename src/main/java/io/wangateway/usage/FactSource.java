package io.wangateway.usage;

import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.springframework.jdbc.core.SqlParameterValue;

/**
 * Where the facts of a report are taken from, as SQL: sums where there are some, single
 * facts elsewhere, and what is held.
 *
 * @param pieces which time comes from where
 * @param heldAt the time at which what is held shows, if it does
 * @param frozen whether that is what was held when the query's {@code month} was closed
 * @param told what is told apart
 */
record FactSource(List<Piece> pieces, Optional<Instant> heldAt, boolean frozen, Set<Dimension> told) {

	/** Team by team, as their index has them; the fence {@code offset 0} keeps it so. */
	private static final String FACTS = """
			select coalesce(p.at, x.at) as at, x.team_id, x.key_id, x.price_id, %s, 0::bigint as held, %%s as labels
			  from unnest(cast(:factSigns as bigint[]), cast(:factStarts as timestamptz[]),
			              cast(:factEnds as timestamptz[]), cast(:factTimes as timestamptz[])) p (sign, start, stop, at)
			 cross join known_team t
			 cross join lateral (select *
			                       from usage_fact_in_units f
			                      where f.team_id = t.id and f.livemode = :livemode and f.at >= p.start and f.at < p.stop
			                     offset 0) x%%s
			 where (cast(:team as integer) is null or t.id = :team)
			"""
		.formatted(Figures.each("p.sign * x.%1$s as %1$s"));

	private static final String CONTENT = "generation_content c on c.generation_id = %s";

	private static final String HELD = """
			select cast(:heldAt as timestamptz) as at, o.team_id, o.key_id, o.price_id, 0 as tasks, 0 as completed,
			       0 as cancelled, 0 as seconds, 0::bigint as billed_seconds, 0::bigint as gross, 0::bigint as charged,
			       0::bigint as adjusted, (o.maximum_cost * 100000000)::bigint as held, %s as labels
			  from outstanding_generation o%s
			 where o.livemode = :livemode and (cast(:team as integer) is null or o.team_id = :team)
			""";

	private static final String HELD_PER_TEAM = """
			select cast(:heldAt as timestamptz) as at, h.team_id, 0 as key_id, 0 as price_id, 0 as tasks,
			       0 as completed, 0 as cancelled, 0 as seconds, 0::bigint as billed_seconds, 0::bigint as gross,
			       0::bigint as charged, 0::bigint as adjusted, (h.held * 100000000)::bigint as held, null::jsonb as labels
			  from held_of_team h
			 where h.livemode = :livemode and (cast(:team as integer) is null or h.team_id = :team)
			""";

	private static final String FROZEN_HELD = """
			select cast(:heldAt as timestamptz) as at, h.team_id, h.key_id, h.price_id, 0 as tasks,
			       0 as completed, 0 as cancelled, 0 as seconds, 0::bigint as billed_seconds, 0::bigint as gross,
			       0::bigint as charged, 0::bigint as adjusted, (h.held * 100000000)::bigint as held, h.labels
			  from closed_hold h
			 where h.month = :month and h.livemode = :livemode
			   and (cast(:team as integer) is null or h.team_id = :team)
			""";

	/**
	 * Return a query for the facts of a selection.
	 * @param selection which of them, except for its filters
	 * @param parameters where the query's parameters are put
	 */
	String sql(Selection selection, Map<String, Object> parameters) {
		parameters.put("livemode", selection.livemode());
		parameters.put("team",
				new SqlParameterValue(Types.INTEGER, (selection.team() != null) ? selection.team().value() : null));
		List<String> parts = new ArrayList<>();
		List<Piece> sums = this.pieces.stream().filter((piece) -> piece.level() != null).toList();
		if (!sums.isEmpty()) {
			parts.add(new SumSource(sums, this.told).sql(parameters));
		}
		List<Piece> facts = this.pieces.stream().filter((piece) -> piece.level() == null).toList();
		if (!facts.isEmpty()) {
			parts.add(labelled(FACTS, "c.labels", CONTENT.formatted("x.id")));
			PieceArrays.put("fact", facts, parameters);
		}
		this.heldAt.ifPresent((at) -> {
			parts.add(this.frozen ? FROZEN_HELD
					: isPerTeam() ? HELD_PER_TEAM : labelled(HELD, "c.labels", CONTENT.formatted("o.id")));
			parameters.put("heldAt", Timestamps.of(at));
		});
		return String.join(" union all\n", parts);
	}

	/** Whether it is enough to know what is held for a team. */
	private boolean isPerTeam() {
		return Set.of(Dimension.TEAM).containsAll(this.told);
	}

	/** Complete a query with labels, if they matter, and with what has them. */
	private String labelled(String query, String labels, String source) {
		return this.told.stream().anyMatch(Dimension::isLabel) ? query.formatted(labels, "\n  left join " + source)
				: query.formatted("null::jsonb", "");
	}

}
