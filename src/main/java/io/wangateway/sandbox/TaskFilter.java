package io.wangateway.sandbox;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.web.servlet.function.ServerRequest;

/**
 * What a list shall hold: everything that was created in a period, or less.
 *
 * @param from the beginning of the period
 * @param until its end, exclusive
 * @param id the only task, or null
 * @param model the only model's name, or null
 * @param status the only status, or null
 * @param page the number of the page, from 1
 * @param pageSize how many tasks are on a page
 */
record TaskFilter(Instant from, Instant until, @Nullable String id, @Nullable String model, @Nullable String status,
		int page, int pageSize) {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss")
		.withZone(ZoneOffset.ofHours(8));

	private static final Duration LONGEST = Duration.ofHours(24);

	/** Not documented; the real service must have some limit too. */
	private static final int LARGEST_PAGE = 100;

	/**
	 * Read the parameters of a request.
	 * @param request the request
	 * @param now the time
	 * @return the filter
	 * @throws Refusal if one of them is malformed, or the period is longer than a day
	 */
	static TaskFilter of(ServerRequest request, Instant now) {
		Optional<Instant> start = time(request, "start_time");
		Optional<Instant> end = time(request, "end_time");
		Instant until = end.orElseGet(() -> start.map((from) -> from.plus(LONGEST)).orElse(now.plusSeconds(1)));
		Instant from = start.orElseGet(() -> until.minus(LONGEST));
		if (Duration.between(from, until).compareTo(LONGEST) > 0) {
			throw Refusal.invalidParameter("The time between start_time and end_time must not exceed 24 hours");
		}
		// Everything is of one key and one region, so that of another is nothing.
		boolean ours = request.param("api_key_id").orElse(TaskAnswers.KEY_ID).equals(TaskAnswers.KEY_ID)
				&& request.param("region").orElse(TaskAnswers.REGION).equals(TaskAnswers.REGION);
		return new TaskFilter(from, ours ? until : from, request.param("task_id").orElse(null),
				request.param("model_name").orElse(null), request.param("status").orElse(null),
				number(request, "page_no", 1, Integer.MAX_VALUE), number(request, "page_size", 10, LARGEST_PAGE));
	}

	private static Optional<Instant> time(ServerRequest request, String name) {
		return request.param(name).map((text) -> {
			try {
				return TIME.parse(text, Instant::from);
			}
			catch (DateTimeException ex) {
				throw Refusal.invalidParameter(name + " must be of the form YYYYMMDDhhmmss");
			}
		});
	}

	private static int number(ServerRequest request, String name, int otherwise, int max) {
		return request.param(name).map((text) -> {
			if (!text.matches("[1-9]\\d{0,8}") || Integer.parseInt(text) > max) {
				throw Refusal.invalidParameter("%s must be from 1 to %d".formatted(name, max));
			}
			return Integer.valueOf(text);
		}).orElse(otherwise);
	}

}
