package io.wangateway.usage;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.wangateway.team.TeamId;
import io.wangateway.usage.Dimension.Kind;
import io.wangateway.web.ApiException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Reads which report is asked for.
 */
@Component
class UsageQueryReader {

	private static final int MAX_ROWS = 1000;

	private static final int MAX_LABEL_DAYS = 31;

	private final TimeAxisReader times;

	private final SelectionReader selections;

	UsageQueryReader(TimeAxisReader times, SelectionReader selections) {
		this.times = times;
		this.selections = selections;
	}

	/**
	 * Read a query.
	 * @param team whose tasks count, or {@code null} for those of all teams, by which the
	 * report may then be grouped
	 * @param livemode whether live or sandbox tasks count
	 * @param sent the parameters, of known names only
	 * @return the query
	 * @throws ApiException with all that is wrong
	 */
	UsageQuery read(@Nullable TeamId team, boolean livemode, Map<String, String> sent) {
		Parameters parameters = new Parameters(sent);
		List<Dimension> groupBy = groupBy(team == null, parameters);
		UsageQuery query = new UsageQuery(this.selections.read(team, livemode, parameters), this.times.read(parameters),
				groupBy, limit(parameters), after(groupBy, parameters));
		checkLabels(query, parameters);
		checkFormat(parameters);
		parameters.check();
		return query;
	}

	private static List<Dimension> groupBy(boolean byTeam, Parameters parameters) {
		String sent = parameters.get("group_by");
		if (sent == null) {
			return List.of();
		}
		String[] names = sent.split(",", -1);
		List<Dimension> groupBy = Arrays.stream(names)
			.flatMap((name) -> Dimension.of(name).stream())
			.filter((dimension) -> byTeam || dimension.kind() != Kind.TEAM)
			.distinct()
			.toList();
		if (groupBy.size() < names.length || groupBy.stream().filter(Dimension::isLabel).count() > 1) {
			parameters.refuse("group_by", Arrays.stream(Kind.values())
				.filter((kind) -> byTeam || kind != Kind.TEAM)
				.map(Kind::code)
				.collect(Collectors.joining(", ", "some of ", ", with commas between them, each once, and one label")));
		}
		return groupBy;
	}

	private static int limit(Parameters parameters) {
		String sent = parameters.get("limit");
		if (sent == null) {
			return MAX_ROWS;
		}
		int limit = sent.matches("[0-9]{1,4}") ? Integer.parseInt(sent) : 0;
		if (limit < 1 || limit > MAX_ROWS) {
			parameters.refuse("limit", "a whole number from 1 to %d".formatted(MAX_ROWS));
		}
		return limit;
	}

	private static @Nullable RowKey after(List<Dimension> groupBy, Parameters parameters) {
		String sent = parameters.get("after");
		Optional<RowKey> after = Optional.ofNullable(sent)
			.flatMap((text) -> RowKey.parse(text, groupBy))
			.filter((key) -> key.bucket() > 0);
		if (sent != null && after.isEmpty()) {
			parameters.refuse("after", "the last_id of the page before");
		}
		return after.orElse(null);
	}

	private static void checkFormat(Parameters parameters) {
		String format = parameters.get("format");
		for (String name : List.of("limit", "after")) {
			if (format != null && !format.equals("json") && parameters.get(name) != null) {
				parameters.complain(name,
						"A file has all rows, so %s can't be combined with format=%s".formatted(name, format));
			}
		}
	}

	private static void checkLabels(UsageQuery query, Parameters parameters) {
		Range range = query.time().range();
		Instant latestEnd = range.start().atZone(query.time().zone()).plusDays(MAX_LABEL_DAYS).toInstant();
		if (query.isByLabel() && range.end().isAfter(latestEnd)) {
			parameters.complain("end_time", "A report by label spans at most %d days".formatted(MAX_LABEL_DAYS));
		}
	}

}
