package io.wangateway.usage;

import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.wangateway.usage.Dimension.Kind;

import org.springframework.jdbc.core.SqlParameterValue;

/**
 * The conditions of a selection. What callers send is in the query's parameters only.
 *
 * @param selection which tasks count
 */
record SelectionSql(Selection selection) {

	/** What stands before a label's value, to tell the empty label from none. */
	static final String LABEL_PRESENT = "=";

	/** Put its values into the query's parameters. */
	void putInto(Map<String, Object> parameters) {
		parameters.put("livemode", this.selection.livemode());
		parameters.put("team", new SqlParameterValue(Types.INTEGER,
				(this.selection.team() != null) ? this.selection.team().value() : null));
		this.selection.filters().forEach((dimension, value) -> {
			parameters.put(name(dimension), value);
			if (dimension.isLabel()) {
				parameters.put(name(dimension) + "Label", dimension.label());
			}
		});
	}

	/** Return what facts or sums {@code f} must fulfil, beside team and mode of life. */
	String ofFact() {
		return all((_) -> true, (dimension) -> switch (dimension.kind()) {
			case TEAM -> "true";
			case API_KEY -> "f.key_id = cast(:api_key as integer)";
			case MODEL, MODE, RESOLUTION, AUDIO ->
				"f.price_id in (select q.id from price q where %s)".formatted(hasValue(dimension, "q"));
			case LABEL -> hasValue(dimension, "f");
		});
	}

	/** Return what a team {@code t} must fulfil to have anything that counts. */
	String ofTeam() {
		return "(cast(:team as integer) is null or t.id = :team)" + (filters(Kind.API_KEY)
				? " and t.id = (select k.team_id from known_key k where k.id = cast(:api_key as integer))" : "");
	}

	/** Return what a team {@code t} must fulfil to have sums with labels that count. */
	String ofTeamWithLabels() {
		return filters(Kind.LABEL) ? """
				t.id in (select h.team_id
				           from label_set_team h
				           join label_set l on l.id = h.label_set_id
				          where %s)""".formatted(ofLabels("l")) : "true";
	}

	/** Return what something that has {@code labels} must fulfil. */
	String ofLabels(String row) {
		return all(Dimension::isLabel, (dimension) -> hasValue(dimension, row));
	}

	/** Return what a price must fulfil. */
	String ofPrice(String row) {
		return all((dimension) -> dimension.kind().isOfPrice(), (dimension) -> hasValue(dimension, row));
	}

	/** Whether a filter is about something. */
	boolean filters(Kind kind) {
		return this.selection.filters().keySet().stream().anyMatch((dimension) -> dimension.kind() == kind);
	}

	/** Whether a filter is about what a price tells. */
	boolean filtersPrices() {
		return this.selection.filters().keySet().stream().anyMatch((dimension) -> dimension.kind().isOfPrice());
	}

	private String all(Predicate<Dimension> which, Function<Dimension, String> condition) {
		return this.selection.filters()
			.keySet()
			.stream()
			.filter(which)
			.map(condition)
			.collect(Collectors.collectingAndThen(Collectors.joining(" and "), (all) -> all.isEmpty() ? "true" : all));
	}

	private String hasValue(Dimension dimension, String row) {
		String name = name(dimension);
		String value = dimension.isLabel() ? label(row, name + "Label")
				: "%s.%s::text".formatted(row, dimension.kind().code());
		return "%s = cast(:%s as text)".formatted(value, name);
	}

	private String name(Dimension dimension) {
		return dimension.isLabel() ? "filter" + List.copyOf(this.selection.filters().keySet()).indexOf(dimension)
				: dimension.kind().code();
	}

	/**
	 * Return the value of the label by which a report is grouped, empty where it is by
	 * none.
	 */
	static String groupedLabel(UsageQuery query, String row) {
		return query.groupBy().stream().anyMatch(Dimension::isLabel) ? label(row, "label") : "''";
	}

	/**
	 * Return the value of a label, as it is compared: never null.
	 * @param row what has the labels
	 * @param parameter the parameter that has the label's key
	 */
	private static String label(String row, String parameter) {
		return "coalesce('%s' || (%s.labels ->> cast(:%s as text)), '')".formatted(LABEL_PRESENT, row, parameter);
	}

}
