package io.wangateway.web;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Writes CSV as RFC 4180 has it, cell by cell, so that a file may be of any length. A
 * text that a spreadsheet would take for a formula gets an apostrophe in front. Not safe
 * for several threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 * @see <a href="https://owasp.org/www-community/attacks/CSV_Injection">CSV injection</a>
 */
public final class CsvWriter {

	private static final Pattern FORMULA = Pattern.compile("^\\s*[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20\\t\\r\\n]");

	private static final String LINE_END = "\r\n";

	private final Writer out;

	private boolean isFirst = true;

	/**
	 * Write to something else than a response.
	 * @param out what is not closed here
	 */
	public CsvWriter(Writer out) {
		this.out = out;
	}

	/**
	 * Answer a request with a file.
	 * @param response whose status and headers are decided here
	 * @param fileName what the caller may keep it as
	 * @param bom whether it begins with a byte order mark, without which some
	 * spreadsheets take UTF-8 for something else
	 * @return what writes its cells
	 */
	public static CsvWriter to(HttpServletResponse response, String fileName, boolean bom) {
		response.setContentType("text/csv;charset=UTF-8");
		response.setHeader("Content-Disposition", "attachment; filename=\"%s\"".formatted(fileName));
		try {
			return to(response.getOutputStream(), bom);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Write a file.
	 * @param out where to, not closed here
	 * @param bom whether it begins with a byte order mark
	 * @return what writes its cells
	 */
	public static CsvWriter to(OutputStream out, boolean bom) {
		CsvWriter csv = new CsvWriter(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16));
		if (bom) {
			csv.write("\uFEFF");
		}
		return csv;
	}

	/** Write a line of names, which are taken as they are. */
	public void header(Iterable<String> names) {
		names.forEach(this::cell);
		endLine();
	}

	/** Write a text that somebody may have chosen; an empty cell for none. */
	public CsvWriter text(@Nullable Object value) {
		String text = (value != null) ? value.toString() : "";
		return cell(FORMULA.matcher(text).find() ? "'" + text : text);
	}

	/** Write a number or a time, which is no formula even if it is less than nothing. */
	public CsvWriter plain(@Nullable Object value) {
		return cell((value != null) ? value.toString() : "");
	}

	/** End a line. */
	public void endLine() {
		write(LINE_END);
		this.isFirst = true;
	}

	/** Let nothing that was written wait any longer. */
	public void flush() {
		try {
			this.out.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private CsvWriter cell(String text) {
		if (!this.isFirst) {
			write(",");
		}
		this.isFirst = false;
		write(needsQuotes(text) ? "\"" + text.replace("\"", "\"\"") + "\"" : text);
		return this;
	}

	private static boolean needsQuotes(String text) {
		return text.chars().anyMatch((c) -> c == ',' || c == '"' || c == '\r' || c == '\n');
	}

	private void write(String text) {
		try {
			this.out.write(text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
