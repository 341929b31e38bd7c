package io.wangateway.following;

import java.time.Duration;
import java.util.UUID;

import io.wangateway.admission.Pace;
import io.wangateway.admission.Upstreams;
import io.wangateway.dashscope.Cancellation;
import io.wangateway.dashscope.NoAnswer;
import io.wangateway.generation.Evidence;
import io.wangateway.generation.Generation;
import io.wangateway.generation.GenerationId;
import io.wangateway.generation.GenerationState;
import io.wangateway.generation.Generations;
import io.wangateway.ledger.Ledger;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Cancels generations: at once while they wait with us, by asking while they wait
 * upstream, and when the outcome is known while they are being sent.
 */
@Component
public class Cancelling {

	private static final Logger logger = LoggerFactory.getLogger(Cancelling.class);

	private final Generations generations;

	private final Ledger ledger;

	private final Upstreams upstreams;

	private final Pace pace;

	private final TransactionTemplate transactions;

	Cancelling(Generations generations, Ledger ledger, Upstreams upstreams, Pace pace,
			TransactionTemplate transactions) {
		this.generations = generations;
		this.ledger = ledger;
		this.upstreams = upstreams;
		this.pace = pace;
		this.transactions = transactions;
	}

	/**
	 * Cancel a generation, or see to it that it is cancelled as soon as it can be.
	 * @param id the generation
	 * @param by who wants it, such as {@code the team}
	 * @throws ApiException if it runs or has ended otherwise
	 */
	public void cancel(UUID id, String by) {
		Boolean waitsUpstream = this.transactions.execute((_) -> cancelWithUs(id, by));
		if (Boolean.TRUE.equals(waitsUpstream)) {
			cancelUpstream(id);
		}
	}

	/**
	 * Carry out a wish that had to wait until upstream was known to have the task. If it
	 * runs by now, it runs on.
	 * @param id the generation
	 */
	void carryOut(UUID id) {
		try {
			cancelUpstream(id);
		}
		catch (ApiException ex) {
			logger.debug("{} was not cancelled: {}", id, ex.getMessage());
		}
	}

	/** Do what can be done here; tell whether upstream has to be asked. */
	private boolean cancelWithUs(UUID id, String by) {
		Generation generation = this.generations.lock(id).orElseThrow();
		switch (generation.state()) {
			case QUEUED -> generation.cancel(this.ledger.now(), Evidence.of("cancelled by " + by));
			case SUBMITTING, IN_DOUBT -> generation.requestCancel();
			case SUBMITTED -> {
				if (generation.isProvisional()) {
					generation.requestCancel();
				}
			}
			case CANCELLED -> {
			}
			case RUNNING, SUCCEEDED, FAILED, LOST -> throw refused(generation);
		}
		this.generations.save(generation);
		return generation.state() == GenerationState.SUBMITTED && !generation.isProvisional();
	}

	private void cancelUpstream(UUID id) {
		Generation generation = this.transactions.execute((_) -> this.generations.lock(id).orElseThrow());
		String taskId = generation.upstreamTaskId();
		if (taskId == null) {
			return;
		}
		awaitTurn(generation.livemode());
		switch (this.upstreams.of(generation.livemode()).cancel(taskId)) {
			case Cancellation.Passed passed -> this.transactions.executeWithoutResult(
					(_) -> cancelled(id, new Evidence("cancelled upstream", 200, null, null, passed.requestId())));
			case Cancellation.NotPending _ -> throw refused(generation);
			case NoAnswer _ -> throw new ApiException(ErrorCode.SERVICE_UNAVAILABLE,
					"Upstream did not answer; cancelling may be repeated")
				.retryAfter(Duration.ofSeconds(5));
		}
	}

	/** So that no team sees that upstream limits cancelling, too. */
	private void awaitTurn(boolean livemode) {
		try {
			if (this.pace.awaitSoon(livemode, "cancel")) {
				return;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		throw new ApiException(ErrorCode.SERVICE_UNAVAILABLE,
				"Many tasks are being cancelled; cancelling may be repeated")
			.retryAfter(Duration.ofSeconds(1));
	}

	private void cancelled(UUID id, Evidence evidence) {
		Generation generation = this.generations.lock(id).orElseThrow();
		if (!generation.state().isEnded()) {
			generation.cancel(this.ledger.now(), evidence);
			this.generations.save(generation);
		}
	}

	private static ApiException refused(Generation generation) {
		GenerationId id = generation.id();
		return new ApiException(ErrorCode.TASK_NOT_CANCELLABLE,
				generation.state().isEnded()
						? "Task %s has ended (%s)".formatted(id, generation.state().status().code())
						: "Task %s is being made; it runs on and is charged".formatted(id));
	}

}
