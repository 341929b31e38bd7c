package io.wangateway.usage;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import io.wangateway.web.Csv;
import org.jspecify.annotations.Nullable;

/**
 * Writes all rows of a report as CSV, one after the other as they come.
 */
class CsvReport {

	private final UsageReports reports;

	CsvReport(UsageReports reports) {
		this.reports = reports;
	}

	void write(UsageQuery query, boolean mark, OutputStream out) throws IOException {
		Csv csv = new Csv(out, mark);
		List<Column<UsageRow>> keys = Column.keys(query);
		List<Object> names = new ArrayList<>(Column.names(keys));
		names.addAll(Column.names(Column.FIGURES));
		csv.row(names);
		this.reports.forEach(query, (row) -> {
			List<@Nullable Object> values = new ArrayList<>();
			keys.forEach((column) -> values.add(column.value().apply(row)));
			Column.FIGURES.forEach((column) -> values.add(column.value().apply(row.figures())));
			try {
				csv.row(values);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
		csv.flush();
	}

}
