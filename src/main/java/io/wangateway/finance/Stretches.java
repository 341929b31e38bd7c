package io.wangateway.finance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts time into stretches without a gap between them: at first a second, then each four
 * times as long as the one before. Where nothing was posted for long they are soon long,
 * and where much was posted the first has enough.
 */
final class Stretches {

	private static final Duration FIRST = Duration.ofSeconds(1);

	private static final int GROWTH = 4;

	private Stretches() {
	}

	/** Cut from a moment on. */
	static List<Span> forwards(Instant from, Instant end) {
		List<Span> stretches = new ArrayList<>();
		Duration length = FIRST;
		for (Instant reached = from; reached.isBefore(end); length = length.multipliedBy(GROWTH)) {
			Instant next = reached.plus(length);
			stretches.add(new Span(reached, next.isBefore(end) ? next : end, ""));
			reached = next;
		}
		return stretches;
	}

	/** Cut from before a moment on, the latest stretch first. */
	static List<Span> backwards(Instant before, Instant start) {
		List<Span> stretches = new ArrayList<>();
		Duration length = FIRST;
		for (Instant reached = before; reached.isAfter(start); length = length.multipliedBy(GROWTH)) {
			Instant next = reached.minus(length);
			stretches.add(new Span(next.isAfter(start) ? next : start, reached, ""));
			reached = next;
		}
		return stretches;
	}

}
