package io.wangateway.usage;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;

import io.wangateway.pricing.Money;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * Writes a report as sheets of an Excel workbook: a header that stays in sight, the rows
 * with real numbers and dates, and their total.
 */
class XlsxReport {

	/** How many rows are held before they are written. */
	private static final int BATCH = 1000;

	private static final double WIDTH = 17;

	private static final String DATE = "yyyy-mm-dd hh:mm";

	private static final String AMOUNT = "#,##0.00######";

	private final UsageReports reports;

	private final Workbook workbook;

	XlsxReport(UsageReports reports, OutputStream out) {
		this.reports = reports;
		this.workbook = new Workbook(out, "wan-gateway", "1.0");
	}

	/**
	 * Write a sheet.
	 * @param name what stands on its tab
	 * @param query the report
	 * @throws IOException if it can't be written
	 */
	void sheet(String name, UsageQuery query) throws IOException {
		List<Column<UsageRow>> keys = Column.keys(query);
		Worksheet sheet = this.workbook.newWorksheet(name);
		sheet.freezePane(0, 1);
		header(sheet, keys);
		Position at = new Position(sheet);
		this.reports.forEach(query, (row) -> {
			at.next();
			keys.forEach((column) -> at.put(column.value().apply(row)));
			Column.FIGURES.forEach((column) -> at.put(column.value().apply(row.figures())));
		});
		at.next();
		at.put("total");
		at.column = keys.size();
		Figures total = this.reports.total(query);
		Column.FIGURES.forEach((column) -> at.put(column.value().apply(total)));
		sheet.range(at.row, 0, at.row, keys.size() + Column.FIGURES.size() - 1).style().bold().set();
		sheet.finish();
	}

	private static void header(Worksheet sheet, List<Column<UsageRow>> keys) {
		int column = 0;
		for (String name : Column.names(keys)) {
			sheet.width(column, WIDTH);
			sheet.value(0, column++, name);
		}
		for (String name : Column.names(Column.FIGURES)) {
			sheet.width(column, WIDTH);
			sheet.value(0, column++, name);
		}
		sheet.range(0, 0, 0, column - 1).style().bold().set();
	}

	/** Finish the workbook. */
	void finish() throws IOException {
		this.workbook.finish();
	}

	/** Where the next value goes. */
	private static final class Position {

		private final Worksheet sheet;

		private int row;

		private int column;

		Position(Worksheet sheet) {
			this.sheet = sheet;
		}

		void next() {
			this.row++;
			this.column = 0;
			if (this.row % BATCH == 0) {
				try {
					this.sheet.flush();
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}
		}

		void put(@Nullable Object value) {
			if (value != null) {
				write(value);
			}
			this.column++;
		}

		private void write(Object value) {
			switch (value) {
				case OffsetDateTime time -> write(time);
				case Money money -> write(money.amount());
				case Number number -> this.sheet.value(this.row, this.column, number);
				case Boolean truth -> this.sheet.value(this.row, this.column, truth);
				default -> this.sheet.inlineString(this.row, this.column, value.toString());
			}
		}

		private void write(OffsetDateTime time) {
			this.sheet.value(this.row, this.column, time.toLocalDateTime());
			this.sheet.style(this.row, this.column).format(DATE).set();
		}

		private void write(BigDecimal amount) {
			this.sheet.value(this.row, this.column, amount);
			this.sheet.style(this.row, this.column).format(AMOUNT).set();
		}

	}

}
