package io.wangateway.usage;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.wangateway.usage.UsageRow.Named;
import org.jspecify.annotations.Nullable;

/**
 * A column of a file.
 *
 * @param name what stands above it
 * @param value what it shows: a number, an amount, a text, a truth, a time with its
 * offset, or nothing
 * @param <T> what a line is about
 */
record Column<T>(String name, Function<T, @Nullable Object> value) {

	/** The sums, under the names that they have in JSON. */
	static final List<Column<Figures>> FIGURES = List.of(new Column<>("tasks", Figures::tasks),
			new Column<>("completed", Figures::completed), new Column<>("failed", Figures::failed),
			new Column<>("cancelled", Figures::cancelled), new Column<>("seconds_requested", Figures::secondsRequested),
			new Column<>("seconds_billed", Figures::exactSecondsBilled), new Column<>("gross", Figures::gross),
			new Column<>("released", Figures::released), new Column<>("adjusted", Figures::adjusted),
			new Column<>("net", Figures::net), new Column<>("held", Figures::held));

	/** Return the columns that tell the rows of a report apart. */
	static List<Column<UsageRow>> keys(UsageQuery query) {
		ZoneId zone = query.time().zone();
		List<Column<UsageRow>> columns = new ArrayList<>();
		columns.add(new Column<>("start_time", (row) -> time(row.startTime(), zone)));
		columns.add(new Column<>("end_time", (row) -> time(row.endTime(), zone)));
		for (Dimension dimension : query.groupBy()) {
			String name = dimension.name();
			switch (dimension.kind()) {
				case TEAM, API_KEY -> {
					columns.add(new Column<>(name + "_id",
							(row) -> (row.group().get(name) instanceof Named named) ? named.id().toString() : null));
					columns.add(new Column<>(name,
							(row) -> (row.group().get(name) instanceof Named named) ? named.name() : null));
				}
				case MODEL, MODE, RESOLUTION, AUDIO, LABEL ->
					columns.add(new Column<>(name, (row) -> row.group().get(name)));
			}
		}
		return columns;
	}

	private static OffsetDateTime time(Instant time, ZoneId zone) {
		return time.atZone(zone).toOffsetDateTime();
	}

	static <T> List<String> names(List<Column<T>> columns) {
		return columns.stream().map(Column::name).toList();
	}

}
