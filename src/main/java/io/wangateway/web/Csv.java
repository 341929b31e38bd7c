package io.wangateway.web;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Writes CSV as RFC 4180 has it, in UTF-8. Texts that a spreadsheet would take for a
 * formula get an apostrophe in front; numbers are left alone, also negative ones.
 */
public final class Csv {

	/** What marks a file as UTF-8 for Excel. */
	private static final String BYTE_ORDER_MARK = "\uFEFF";

	private static final String FORMULA_STARTS = "=+-@\t\r\n＝＋－＠";

	private final Writer writer;

	/**
	 * Begin a file.
	 * @param out where it is written to; left open
	 * @param mark whether to begin with a byte order mark
	 * @throws IOException if it can't be written
	 */
	public Csv(OutputStream out, boolean mark) throws IOException {
		this.writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
		if (mark) {
			this.writer.write(BYTE_ORDER_MARK);
		}
	}

	/**
	 * Write a line.
	 * @param values texts, times, and whatever else says by {@code toString()} what it
	 * is; nothing for {@code null}
	 * @throws IOException if it can't be written
	 */
	public void row(List<? extends @Nullable Object> values) throws IOException {
		String separator = "";
		for (Object value : values) {
			this.writer.write(separator);
			this.writer.write(field(value));
			separator = ",";
		}
		this.writer.write("\r\n");
	}

	/**
	 * Write what has been held back.
	 * @throws IOException if it can't be written
	 */
	public void flush() throws IOException {
		this.writer.flush();
	}

	private static String field(@Nullable Object value) {
		if (value == null) {
			return "";
		}
		return switch (value) {
			case String text -> quoted(harmless(text));
			case OffsetDateTime time -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
			default -> quoted(value.toString());
		};
	}

	private static String harmless(String text) {
		return (!text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0) ? "'" + text : text;
	}

	private static String quoted(String text) {
		boolean plain = text.chars()
			.allMatch((character) -> character != '"' && character != ',' && character != '\r' && character != '\n');
		return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
	}

}
