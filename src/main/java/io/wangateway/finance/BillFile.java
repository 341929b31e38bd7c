package io.wangateway.finance;

import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Alibaba's bill of a month as a file: CSV, its columns in any order and among any
 * others.
 */
class BillFile {

	/** Where Alibaba's days are cut, whatever the zone of the books. */
	static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");

	private static final int MOST_LINES_BEFORE_THE_HEADER = 20;

	private static final int SCALE = 8;

	private static final Pattern DAY = Pattern.compile("(\\d{4})[-/.年]?(\\d{1,2})[-/.月]?(\\d{1,2})(?!\\d*[-/.])");

	private static final Pattern WITH_OFFSET = Pattern.compile(".*\\dT\\d.*(Z|[+-]\\d\\d:\\d\\d)");

	private static final Pattern AROUND_NUMBERS = Pattern.compile("[¥￥,\\s]|CNY|RMB|元|秒");

	private static final Pattern NUMBER = Pattern.compile("-?\\d{1,12}(\\.\\d{1,20})?");

	private static final Set<String> YUAN = Set.of("", "CNY", "RMB", "¥", "￥", "元", "人民币");

	private final YearMonth month;

	private final CsvReader csv;

	private final Map<BillColumn, Integer> columns = new EnumMap<>(BillColumn.class);

	/**
	 * Begin to read a bill.
	 * @param month which
	 * @param text the file
	 * @throws ApiException if it has no header with all that is needed
	 */
	BillFile(YearMonth month, Reader text) throws IOException {
		this.month = month;
		this.csv = new CsvReader(text);
		readHeader();
	}

	private void readHeader() throws IOException {
		List<String> header = this.csv.read();
		while (header != null && this.csv.line() <= MOST_LINES_BEFORE_THE_HEADER) {
			for (BillColumn column : BillColumn.values()) {
				this.columns.put(column, column.in(header));
			}
			if (isComplete()) {
				return;
			}
			header = this.csv.read();
		}
		throw refusal("There is no header with the columns date, model and amount; see docs/billing-reconciliation.md");
	}

	private boolean isComplete() {
		return this.columns.entrySet()
			.stream()
			.noneMatch((found) -> found.getKey().isRequired() && found.getValue() < 0);
	}

	/**
	 * Read the rest. Lines without a day and a model, such as sums, are passed over.
	 * @param reader what takes each line
	 * @throws ApiException if a line can't be read or is about another month
	 */
	void each(Consumer<Line> reader) throws IOException {
		List<String> cells = this.csv.read();
		while (cells != null) {
			if (!cell(cells, BillColumn.DATE).isEmpty() || !cell(cells, BillColumn.MODEL).isEmpty()) {
				reader.accept(line(cells));
			}
			cells = this.csv.read();
		}
	}

	private Line line(List<String> cells) {
		String currency = cell(cells, BillColumn.CURRENCY);
		if (!YUAN.contains(currency)) {
			throw wrong("a bill in CNY", currency);
		}
		String amount = cell(cells, BillColumn.AMOUNT);
		BigDecimal number = number(amount);
		if (number == null) {
			throw wrong("an amount such as 12.50", amount);
		}
		return new Line(day(cell(cells, BillColumn.DATE)), cell(cells, BillColumn.MODEL),
				number(cell(cells, BillColumn.SECONDS)), number);
	}

	private LocalDate day(String text) {
		try {
			Matcher parts = DAY.matcher(text);
			LocalDate day = WITH_OFFSET.matcher(text).matches()
					? OffsetDateTime.parse(text).atZoneSameInstant(BEIJING).toLocalDate()
					: parts.lookingAt() ? LocalDate.of(Integer.parseInt(parts.group(1)),
							Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3))) : LocalDate.MIN;
			if (YearMonth.from(day).equals(this.month)) {
				return day;
			}
		}
		catch (DateTimeException _) {
			// Refused like any other text that is no day of the month.
		}
		throw wrong("a day of %s such as %s".formatted(this.month, this.month.atDay(1)), text);
	}

	private static @Nullable BigDecimal number(String text) {
		String plain = AROUND_NUMBERS.matcher(text).replaceAll("");
		return NUMBER.matcher(plain).matches() ? new BigDecimal(plain).setScale(SCALE, RoundingMode.HALF_UP) : null;
	}

	private String cell(List<String> cells, BillColumn column) {
		int index = this.columns.getOrDefault(column, -1);
		return (index >= 0 && index < cells.size()) ? cells.get(index) : "";
	}

	private ApiException wrong(String expected, String sent) {
		String shown = (sent.length() > 100) ? sent.substring(0, 100) + "…" : sent;
		return refusal("Line %d must have %s (was %s)".formatted(this.csv.line(), expected, shown));
	}

	private static ApiException refusal(String message) {
		return new ApiException(ErrorCode.INVALID_REQUEST, message);
	}

	/**
	 * A line of a bill.
	 *
	 * @param day in Beijing
	 * @param model what the bill says about the model
	 * @param seconds the billed seconds, {@code null} where it names none
	 * @param amount in ¥, less than nothing for a refund
	 */
	record Line(LocalDate day, String model, @Nullable BigDecimal seconds, BigDecimal amount) {
	}

}
