package io.wangateway.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.BiConsumer;

import io.wangateway.alert.Alerts;
import io.wangateway.dashscope.ErrorKind;
import io.wangateway.dashscope.Submission;
import io.wangateway.dashscope.UpstreamError;
import io.wangateway.generation.Evidence;
import io.wangateway.generation.FailureCode;
import io.wangateway.generation.Generation;
import io.wangateway.generation.GenerationState;
import io.wangateway.generation.Generations;
import io.wangateway.ledger.Ledger;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Records what became of a submission. A result that comes late, because its sender was
 * paused and its claim was taken for a doubt meanwhile, settles the doubt if that is
 * still open, and is evidence otherwise; it never overwrites what others found out.
 */
@Component
class SubmissionResults {

	/** When to look for a task of which only its sender could have known more. */
	private static final Duration LOOK_AFTER = Duration.ofSeconds(5);

	private final Generations generations;

	private final Attempts attempts;

	private final Lanes lanes;

	private final RunTimes runTimes;

	private final Alerts alerts;

	private final Ledger ledger;

	SubmissionResults(Generations generations, Attempts attempts, Lanes lanes, RunTimes runTimes, Alerts alerts,
			Ledger ledger) {
		this.generations = generations;
		this.attempts = attempts;
		this.lanes = lanes;
		this.runTimes = runTimes;
		this.alerts = alerts;
		this.ledger = ledger;
	}

	/**
	 * Record what DashScope answered.
	 * @param claim what was sent
	 * @param submission the answer
	 */
	@Transactional
	void record(Claim claim, Submission submission) {
		Generation generation = this.generations.lock(claim.generation()).orElseThrow();
		boolean awaited = isAwaited(generation, claim);
		this.attempts.close(claim.attempt(), AttemptOutcome.of(submission), !awaited);
		if (awaited) {
			step(generation, claim, submission);
			this.generations.save(generation);
		}
		else if (submission instanceof Submission.Accepted(String taskId, var _)
				&& !taskId.equals(generation.upstreamTaskId())) {
			this.alerts.raise("unclaimed_upstream_task", generation.id().toString(),
					"Upstream task %s was made by a late attempt that nobody waited for".formatted(taskId));
		}
	}

	/**
	 * A claim was not sent, because its time had passed.
	 * @param claim what was not sent
	 */
	@Transactional
	void handBack(Claim claim) {
		handBack(claim, (generation, now) -> generation.requeue(now, Evidence.of("handed back unsent")));
	}

	/**
	 * A claim was not sent, because its media are not where upstream can read them.
	 * @param claim what was not sent
	 * @param lease how long to wait for them at most
	 */
	@Transactional
	void awaitMedia(Claim claim, Duration lease) {
		handBack(claim, (generation, now) -> generation.awaitMedia(now, now.plus(lease)));
	}

	/**
	 * A claim was not sent, because one of its media is not there any more.
	 * @param claim what was not sent
	 * @param reference what the caller called it
	 */
	@Transactional
	void mediaGone(Claim claim, String reference) {
		handBack(claim,
				(generation, now) -> generation.fail(FailureCode.INPUT_UNREACHABLE,
						"The upload %s was deleted before the task began; it costs nothing".formatted(reference), now,
						Evidence.of("media gone")));
	}

	/**
	 * The media of a generation were brought to upstream, or could not be for now.
	 * @param id the generation
	 * @param wait how long it is to wait before it goes on
	 */
	@Transactional
	void goOn(UUID id, Duration wait) {
		Generation generation = this.generations.lock(id).orElseThrow();
		if (generation.state() == GenerationState.QUEUED) {
			generation.goOnAt(this.ledger.now().plus(wait));
			this.generations.save(generation);
		}
	}

	/**
	 * The media of a generation can't be brought to upstream.
	 * @param id the generation
	 */
	@Transactional
	void mediaUnusable(UUID id) {
		Generation generation = this.generations.lock(id).orElseThrow();
		if (generation.state() == GenerationState.QUEUED) {
			generation.fail(FailureCode.INPUT_UNREACHABLE,
					"An upload of this task can't be given to upstream; upload it again. The task costs nothing",
					this.ledger.now(), Evidence.of("media unusable"));
			this.generations.save(generation);
		}
	}

	private void handBack(Claim claim, BiConsumer<Generation, Instant> step) {
		Generation generation = this.generations.lock(claim.generation()).orElseThrow();
		boolean awaited = isAwaited(generation, claim);
		this.attempts.close(claim.attempt(), AttemptOutcome.HANDED_BACK, !awaited);
		if (awaited) {
			Instant now = this.ledger.now();
			if (generation.cancelRequested()) {
				generation.cancel(now, Evidence.of("handed back unsent"));
			}
			else {
				step.accept(generation, now);
			}
			this.generations.save(generation);
		}
	}

	/**
	 * Nobody has answered for an attempt for longer than any call may take.
	 * @param attempt the attempt
	 * @param generationId what it was to send
	 */
	@Transactional
	void silent(int attempt, UUID generationId) {
		Generation generation = this.generations.lock(generationId).orElseThrow();
		this.attempts.close(attempt, AttemptOutcome.SILENT, false);
		if (generation.state() == GenerationState.SUBMITTING && isOf(generation, attempt)) {
			Instant now = this.ledger.now();
			generation.doubt(now, Evidence.of("sender silent"), now);
			this.generations.save(generation);
		}
	}

	private boolean isAwaited(Generation generation, Claim claim) {
		return isOf(generation, claim.attempt())
				&& (generation.state() == GenerationState.SUBMITTING || generation.state() == GenerationState.IN_DOUBT);
	}

	private static boolean isOf(Generation generation, int attempt) {
		Integer current = generation.attempt();
		return current != null && current == attempt;
	}

	private void step(Generation generation, Claim claim, Submission submission) {
		Instant now = this.ledger.now();
		switch (submission) {
			case Submission.Accepted(String taskId, @Nullable String requestId) -> {
				generation.accepted(taskId, now, new Evidence("accepted", 200, null, null, requestId),
						now.plus(this.runTimes.firstPoll(generation)));
				this.lanes.unthrottle(claim.lane());
			}
			case Submission.Refused(UpstreamError error, ErrorKind kind) -> generation.fail(Failures.code(kind),
					Failures.sentence(error), now, Failures.evidence("refused", error));
			case Submission.AccountFault(UpstreamError error) -> {
				requeue(generation, now, Failures.evidence("account fault", error));
				this.lanes.stop(claim.lane(), "DashScope refuses the account: " + error.code() + " " + error.message());
			}
			case Submission.NotTaken(UpstreamError error, boolean throttled) -> {
				requeue(generation, now, Failures.evidence(throttled ? "throttled" : "not taken", error));
				this.lanes.throttle(claim.lane());
			}
			case Submission.Unknown(UpstreamError error) -> {
				if (generation.state() == GenerationState.SUBMITTING) {
					generation.doubt(now, Failures.evidence("no answer", error), now.plus(LOOK_AFTER));
				}
			}
		}
	}

	/** Back to the queue, or to an end if the team has cancelled it meanwhile. */
	private static void requeue(Generation generation, Instant now, Evidence evidence) {
		if (generation.cancelRequested()) {
			generation.cancel(now, evidence);
		}
		else {
			generation.requeue(now, evidence);
		}
	}

}
