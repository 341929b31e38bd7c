package io.wangateway.finance;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSV line by line, as RFC 4180 has it and as spreadsheets write it: with or
 * without a byte order mark, with any line ends, with line breaks in quotes.
 */
class CsvReader {

	private static final int MAX_LINE_LENGTH = 100_000;

	private static final int END = -1;

	private final Reader in;

	private int next;

	private int lines;

	private int length;

	CsvReader(Reader in) throws IOException {
		this.in = in;
		this.next = in.read();
		if (this.next == '\uFEFF') {
			this.next = in.read();
		}
	}

	/** The number of the line that was read last, counted from 1. */
	int line() {
		return this.lines;
	}

	/**
	 * Read a line.
	 * @return its cells, without the space around them, or {@code null} at the end
	 * @throws ApiException if a line is longer than any line of a bill
	 */
	@Nullable List<String> read() throws IOException {
		if (this.next == END) {
			return null;
		}
		this.lines++;
		this.length = 0;
		List<String> cells = new ArrayList<>();
		cells.add(cell());
		while (this.next == ',') {
			take();
			cells.add(cell());
		}
		if (this.next == '\r') {
			take();
		}
		if (this.next == '\n') {
			take();
		}
		return cells;
	}

	private String cell() throws IOException {
		StringBuilder text = new StringBuilder();
		boolean quoted = false;
		while (this.next != END && (quoted || (this.next != ',' && this.next != '\r' && this.next != '\n'))) {
			char c = take();
			if (c != '"') {
				text.append(c);
			}
			else if (!quoted) {
				quoted = true;
			}
			else if (this.next == '"') {
				text.append(take());
			}
			else {
				quoted = false;
			}
		}
		return text.toString().strip();
	}

	private char take() throws IOException {
		if (++this.length > MAX_LINE_LENGTH) {
			throw new ApiException(ErrorCode.INVALID_REQUEST,
					"Line %d is longer than %d characters".formatted(this.lines, MAX_LINE_LENGTH));
		}
		char taken = (char) this.next;
		this.next = this.in.read();
		return taken;
	}

}
