package io.wangateway.usage;

import java.io.OutputStream;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

import io.wangateway.web.CsvWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes all rows of a report as CSV, one after the other as they come.
 */
class CsvReport {

	private final UsageReports reports;

	CsvReport(UsageReports reports) {
		this.reports = reports;
	}

	void write(UsageQuery query, boolean mark, OutputStream out) {
		CsvWriter csv = CsvWriter.to(out, mark);
		List<Column<UsageRow>> keys = Column.keys(query);
		List<String> names = new ArrayList<>(Column.names(keys));
		names.addAll(Column.names(Column.FIGURES));
		csv.header(names);
		this.reports.forEach(query, (row) -> {
			keys.forEach((column) -> cell(csv, column.value().apply(row)));
			Column.FIGURES.forEach((column) -> cell(csv, column.value().apply(row.figures())));
			csv.endLine();
		});
		csv.flush();
	}

	private static void cell(CsvWriter csv, @Nullable Object value) {
		switch (value) {
			case String text -> csv.text(text);
			case OffsetDateTime time -> csv.plain(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time));
			case null, default -> csv.plain(value);
		}
	}

}
