package io.wangateway.usage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is added up beside sums, as SQL: single facts, and what is held.
 *
 * @param query the report
 * @param buckets its buckets that are wanted
 * @param pieces the time of which there are no sums
 * @param heldAt the time at which what is held shows, if it does
 * @param frozen whether that is what was held when the query's {@code month} was closed
 */
record FactSource(UsageQuery query, Buckets buckets, List<Piece> pieces, Optional<Instant> heldAt, boolean frozen) {

	/** What there is beside what is held. */
	private static final String NO_FACTS = Figures.each("0::bigint as %1$s");

	private static final String OF_TEAM = "(cast(:team as integer) is null or %s.team_id = :team)";

	boolean isEmpty() {
		return this.pieces.isEmpty() && this.heldAt.isEmpty();
	}

	/**
	 * Return a query for them.
	 * @param parameters where the query's parameters are put
	 */
	String sql(Map<String, Object> parameters) {
		List<String> parts = new ArrayList<>();
		if (!this.pieces.isEmpty()) {
			parts.add(facts());
			PieceArrays.put("fact", this.pieces, parameters);
		}
		this.heldAt.ifPresent((at) -> {
			parts.add(this.frozen ? frozenHeld() : isPerTeam() ? heldPerTeam() : held());
			parameters.put("heldAt", Timestamps.of(at));
		});
		return String.join(" union all\n", parts);
	}

	/** Team by team, as their index has them; the fence {@code offset 0} keeps it so. */
	private String facts() {
		return """
				select %s as bucket, x.team_id, x.key_id, x.price_id, %s, 0::bigint as held, %s
				  from %sunnest(cast(:factSigns as bigint[]), cast(:factStarts as timestamptz[]),
				              cast(:factEnds as timestamptz[]), cast(:factTimes as timestamptz[])) p (sign, start, stop, at)
				 cross join known_team t
				 cross join lateral (select *
				                       from usage_fact_in_units f
				                      where f.team_id = t.id and f.livemode = :livemode and f.at >= p.start and f.at < p.stop
				                     offset 0) x%s
				 where %s
				"""
			.formatted(this.buckets.at("coalesce(p.at, x.at)"), Figures.each("p.sign * x.%1$s as %1$s"), labels("c"),
					this.buckets.source(), content("x"), new SelectionSql(this.query.selection()).ofTeam());
	}

	private String held() {
		return """
				select %s as bucket, o.team_id, o.key_id, o.price_id, %s,
				       (o.maximum_cost * 100000000)::bigint as held, %s
				  from %soutstanding_generation o%s
				 where o.livemode = :livemode and %s
				""".formatted(heldBucket(), NO_FACTS, labels("c"), this.buckets.source(), content("o"),
				OF_TEAM.formatted("o"));
	}

	private String heldPerTeam() {
		return """
				select %s as bucket, h.team_id, 0 as key_id, 0 as price_id, %s,
				       (h.held * 100000000)::bigint as held, null::jsonb as labels, '' as label
				  from %sheld_of_team h
				 where h.livemode = :livemode and %s
				""".formatted(heldBucket(), NO_FACTS, this.buckets.source(), OF_TEAM.formatted("h"));
	}

	private String frozenHeld() {
		return """
				select %s as bucket, h.team_id, h.key_id, h.price_id, %s,
				       (h.held * 100000000)::bigint as held, %s
				  from %sclosed_hold h
				 where h.month = :month and h.livemode = :livemode and %s
				""".formatted(heldBucket(), NO_FACTS, labels("h"), this.buckets.source(), OF_TEAM.formatted("h"));
	}

	private String heldBucket() {
		return this.buckets.at("cast(:heldAt as timestamptz)");
	}

	/** Whether it is enough to know what is held for a team. */
	private boolean isPerTeam() {
		return Set.of(Dimension.TEAM).containsAll(this.query.told());
	}

	private String labels(String row) {
		return this.query.isByLabel()
				? "%s.labels, %s as label".formatted(row, SelectionSql.groupedLabel(this.query, row))
				: "null::jsonb as labels, '' as label";
	}

	private String content(String task) {
		return this.query.isByLabel() ? "\n  left join generation_content c on c.generation_id = %s.id".formatted(task)
				: "";
	}

}
