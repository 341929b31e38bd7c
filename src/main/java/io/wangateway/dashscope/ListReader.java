package io.wangateway.dashscope;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Reads what DashScope says about many tasks. Whoever searches the list may conclude from
 * what it does not show, so that a page is read as a whole or not at all.
 */
final class ListReader {

	private static final DateTimeFormatter WINDOW = DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(Fields.ZONE);

	private static final BigDecimal MANY = new BigDecimal(1_000_000_000);

	private ListReader() {
	}

	/**
	 * Write the beginning of a window, rounded down to the second.
	 * @param from the beginning, or {@code null}
	 * @return the parameter
	 */
	static @Nullable String from(@Nullable Instant from) {
		return (from != null) ? WINDOW.format(from) : null;
	}

	/**
	 * Write the end of a window, rounded up to the second.
	 * @param to the end, or {@code null}
	 * @return the parameter
	 */
	static @Nullable String to(@Nullable Instant to) {
		return (to != null) ? WINDOW.format(to.plus(Duration.ofNanos(999_999_999))) : null;
	}

	/**
	 * Read an answer to a search.
	 * @param page the page that was asked for
	 * @param answer a 2xx answer
	 * @return the page
	 */
	static TaskListing read(int page, Reply.Answer answer) {
		Fields fields = answer.fields();
		Integer total = count(fields, "total");
		Integer totalPages = count(fields, "total_page");
		Integer number = count(fields, "page_no");
		if (total == null || totalPages == null || (number != null && number != page)) {
			return NoAnswer.unreadable(answer, "The answer is not page " + page + " of a list");
		}
		List<Fields> data = fields.objects("data");
		if (data.isEmpty() && page <= totalPages) {
			return NoAnswer.unreadable(answer, "The page is empty, though there are " + total + " tasks");
		}
		if (data.stream().anyMatch((entry) -> entry.text("task_id") == null)) {
			return NoAnswer.unreadable(answer, "The page has a task without a task_id");
		}
		return new TaskListing.Page(data.stream().map(ListReader::task).toList(), page, totalPages, total);
	}

	private static TaskListing.ListedTask task(Fields entry) {
		return new TaskListing.ListedTask(Objects.requireNonNull(entry.text("task_id")), entry.text("model_name"),
				entry.text("status"), entry.text("request_id"), entry.epochMillis("gmt_create"),
				entry.epochMillis("start_time"), entry.epochMillis("end_time"));
	}

	private static @Nullable Integer count(Fields fields, String name) {
		BigDecimal value = fields.number(name);
		if (value == null || value.signum() < 0 || value.compareTo(MANY) > 0) {
			return null;
		}
		return value.intValue();
	}

}
