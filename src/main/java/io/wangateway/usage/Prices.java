package io.wangateway.usage;

import java.util.stream.Collectors;

import io.wangateway.usage.Dimension.Kind;

/**
 * How a statement tells prices apart, as SQL: by numbers, one of which stands for all
 * that do not differ in what is told apart.
 *
 * @param query the report
 */
record Prices(UsageQuery query) {

	/** Whether what prices tell matters. */
	boolean areTold() {
		return this.query.kinds().stream().anyMatch(Kind::isOfPrice);
	}

	/** Return the named query that it needs, with a comma behind it. */
	String named() {
		return areTold() ? """
				price_number as materialized (
				    select array_agg(coalesce(a.alike, 0) order by i.id) as numbers
				      from generate_series(1, (select max(id) from price)) i (id)
				      left join (select q.id, min(q.id) over (partition by %s) as alike
				                   from price q
				                  where %s) a on a.id = i.id),
				""".formatted(grouped(), selection().ofPrice("q")) : "";
	}

	/** Return a source that it needs before that of sums or facts. */
	String source() {
		return areTold() ? "price_number prices cross join " : "";
	}

	/** Return the number of a row's price, 0 if it has none or does not count. */
	String of(String row) {
		return areTold() ? "coalesce(prices.numbers[%s.price_id], 0)".formatted(row) : "0";
	}

	/** Return a further condition for sums {@code s}. */
	String wanted() {
		return selection().filtersPrices() ? " and %s <> 0".formatted(of("s")) : "";
	}

	private String grouped() {
		return this.query.groupBy()
			.stream()
			.map(Dimension::kind)
			.filter(Kind::isOfPrice)
			.map((kind) -> ", q." + kind.code())
			.collect(Collectors.joining("", "true", ""));
	}

	private SelectionSql selection() {
		return new SelectionSql(this.query.selection());
	}

}
