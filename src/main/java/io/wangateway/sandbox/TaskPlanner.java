package io.wangateway.sandbox;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes in tasks and plans the whole life of each: there is nothing to be done later, as
 * what a task is at any time follows from its plan.
 */
class TaskPlanner {

	/** A task without a result by then fails. */
	private static final Duration DEADLINE = Duration.ofHours(3);

	/** Longer than anybody can ask for a task. */
	private static final Duration KEPT = Duration.ofDays(3);

	private static final BigDecimal MIN_REFERENCE_SECONDS = BigDecimal.ONE;

	private static final BigDecimal MAX_REFERENCE_SECONDS = BigDecimal.valueOf(30);

	private final Tasks tasks;

	private final TransactionTemplate transaction;

	private final Clock clock;

	TaskPlanner(Tasks tasks, TransactionTemplate transaction, Clock clock) {
		this.tasks = tasks;
		this.transaction = transaction;
		this.clock = clock;
	}

	/**
	 * Put a task on record.
	 * @param synthesis the video asked for
	 * @param directives what is special about the task
	 * @param behaviour how the simulator behaves
	 * @return the task
	 * @throws Refusal if too many of its model are in processing
	 */
	Task create(Synthesis synthesis, Directives directives, Behaviour behaviour) {
		String model = synthesis.model().id();
		return this.transaction.execute((status) -> {
			this.tasks.lock(model);
			Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
			this.tasks.forget(now.minus(KEPT));
			Instant free = freeAt(this.tasks.plannedEnds(model, now), behaviour.limits(), now);
			Task task = plan(synthesis, directives, behaviour.timings(), now, free);
			this.tasks.add(task);
			return task;
		});
	}

	private static Instant freeAt(List<Instant> plannedEnds, Behaviour.Limits limits, Instant now) {
		int places = limits.inProcessing();
		if (places == 0 || plannedEnds.size() < places) {
			return now;
		}
		return switch (limits.surplus()) {
			case REFUSE -> throw DocumentedErrors.refusal("Throttling.RateQuota");
			case WAIT -> plannedEnds.get(places - 1);
		};
	}

	/** Plan the life of a task that is created now and finds a free place later. */
	static Task plan(Synthesis synthesis, Directives directives, Behaviour.Timings timings, Instant now, Instant free) {
		Duration pending = directives.find(Twist.PENDING)
			.map((directive) -> directive.secondsOr(0))
			.orElseGet(() -> spread(timings.pending(), timings));
		Duration run = directives.find(Twist.RUN)
			.map((directive) -> directive.secondsOr(0))
			.orElseGet(() -> spread(timings.run().plus(timings.runPerSecond().multipliedBy(synthesis.seconds())),
					timings));
		Task.Failure failure = failure(synthesis, directives);
		if (directives.has(Twist.STUCK) || run.compareTo(DEADLINE) > 0) {
			run = DEADLINE;
			failure = failure("InternalError.Timeout");
		}
		Instant start = now.plus(pending).isAfter(free) ? now.plus(pending) : free;
		Frame frame = synthesis.frame();
		Task.Video video = new Task.Video(frame.width(), frame.height(), frame.tier(), synthesis.seconds(),
				synthesis.sound(), Reference.billedSeconds(synthesis.references()));
		return new Task(UUID.randomUUID(), UUID.randomUUID(), synthesis.model().id(), synthesis.prompt(), video,
				directives, now, start, start.plus(run), failure, null, Task.Status.PENDING);
	}

	private static Duration spread(Duration duration, Behaviour.Timings timings) {
		double factor = 1 + timings.spread() * (2 * ThreadLocalRandom.current().nextDouble() - 1);
		return Duration.ofMillis(Math.round(duration.toMillis() * factor));
	}

	private static Task.@Nullable Failure failure(Synthesis synthesis, Directives directives) {
		if (directives.has(Twist.FAIL_BARE)) {
			return new Task.Failure(null, null);
		}
		boolean unfit = synthesis.references().stream().filter(Reference::isVideo).anyMatch(TaskPlanner::isUnfit);
		return directives.find(Twist.FAIL)
			.map((directive) -> failure(directive.valueOr("InternalError")))
			.orElseGet(() -> unfit ? failure("InvalidParameter") : null);
	}

	private static boolean isUnfit(Reference video) {
		return video.length().compareTo(MIN_REFERENCE_SECONDS) < 0
				|| video.length().compareTo(MAX_REFERENCE_SECONDS) > 0;
	}

	private static Task.Failure failure(String code) {
		return new Task.Failure(code, DocumentedErrors.message(code));
	}

}
