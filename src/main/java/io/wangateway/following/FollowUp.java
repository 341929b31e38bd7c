package io.wangateway.following;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import io.wangateway.admission.Echo;
import io.wangateway.admission.Failures;
import io.wangateway.admission.Lanes;
import io.wangateway.admission.RunTimes;
import io.wangateway.admission.Strays;
import io.wangateway.alert.Alerts;
import io.wangateway.dashscope.ErrorKind;
import io.wangateway.dashscope.NoAnswer;
import io.wangateway.dashscope.TaskStatus;
import io.wangateway.dashscope.UpstreamError;
import io.wangateway.dashscope.Usage;
import io.wangateway.generation.Evidence;
import io.wangateway.generation.Generation;
import io.wangateway.generation.GenerationContents;
import io.wangateway.generation.GenerationState;
import io.wangateway.generation.Generations;
import io.wangateway.ledger.Ledger;
import io.wangateway.pricing.BilledSeconds;
import io.wangateway.pricing.Charge;
import io.wangateway.pricing.Prices;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes the step of a generation's life that an answer about it asks for.
 */
@Component
class FollowUp {

	/** Upstream itself gives up after three hours. */
	private static final Duration LONGEST = Duration.ofMinutes(195);

	private final Generations generations;

	private final GenerationContents contents;

	private final Prices prices;

	private final RunTimes runTimes;

	private final PollTimes pollTimes;

	private final Strays strays;

	private final Alerts alerts;

	private final Ledger ledger;

	private final Forgetting forgetting;

	private final Sweeps sweeps;

	private final Lanes lanes;

	FollowUp(Generations generations, GenerationContents contents, Prices prices, RunTimes runTimes,
			PollTimes pollTimes, Strays strays, Alerts alerts, Ledger ledger, Forgetting forgetting, Sweeps sweeps,
			Lanes lanes) {
		this.generations = generations;
		this.contents = contents;
		this.prices = prices;
		this.runTimes = runTimes;
		this.pollTimes = pollTimes;
		this.strays = strays;
		this.alerts = alerts;
		this.ledger = ledger;
		this.forgetting = forgetting;
		this.sweeps = sweeps;
		this.lanes = lanes;
	}

	/**
	 * Record how a generation stands. An answer about one that has ended meanwhile, or
	 * has another task upstream by now, changes nothing.
	 * @param task what was asked about
	 * @param status the answer
	 */
	@Transactional
	void record(DueTasks.DueTask task, TaskStatus status) {
		Generation generation = this.generations.lock(task.generation()).orElseThrow();
		if (generation.state().isEnded() || !task.upstreamTaskId().equals(generation.upstreamTaskId())) {
			return;
		}
		step(generation, status, this.ledger.now());
		this.generations.save(generation);
	}

	/**
	 * Record that upstream lists a generation among those that it makes.
	 * @param id the generation
	 */
	@Transactional
	void listedAsRunning(UUID id) {
		Generation generation = this.generations.lock(id).orElseThrow();
		if (generation.state() == GenerationState.SUBMITTED) {
			generation.start(this.ledger.now(), Evidence.of("running upstream, as listed"));
			this.generations.save(generation);
		}
	}

	private void step(Generation generation, TaskStatus status, Instant now) {
		switch (status) {
			case TaskStatus.Waiting _ -> pollAgain(generation, now);
			case TaskStatus.Running(TaskStatus.Facts facts) -> {
				start(generation, facts, now);
				pollAgain(generation, now);
			}
			case TaskStatus.Succeeded succeeded -> {
				start(generation, succeeded.facts(), now);
				if (isConfirmed(generation, succeeded)) {
					succeed(generation, succeeded, now);
				}
				else {
					this.strays.dismiss(String.valueOf(generation.upstreamTaskId()));
					generation.unbind(now, answer("another's task", succeeded.facts()));
				}
			}
			case TaskStatus.SucceededWithoutVideo without -> {
				this.alerts.raise("video_missing", generation.id().toString(),
						"Upstream says that the task succeeded, but gives no link to the video");
				pollAgain(generation, now);
			}
			case TaskStatus.Failed(var _, var _, var _, TaskStatus.Facts facts) when generation.isProvisional() ->
				unbindFailed(generation, now, facts);
			case TaskStatus.Cancelled(TaskStatus.Facts facts) when generation.isProvisional() ->
				unbindFailed(generation, now, facts);
			case TaskStatus.Failed(UpstreamError error, ErrorKind kind, var _, var _) -> generation
				.fail(Failures.code(kind), Failures.sentence(error), now, Failures.evidence("failed upstream", error));
			case TaskStatus.Cancelled(TaskStatus.Facts facts) ->
				generation.cancel(now, answer("cancelled upstream", facts));
			case TaskStatus.Forgotten _ -> forgotten(generation, now);
			case NoAnswer none -> noAnswer(generation, none, now);
		}
	}

	private void forgotten(Generation generation, Instant now) {
		generation.unknown(now.plus(nextPoll(generation, now)), now);
		this.forgetting.check(generation, now);
		if (!generation.state().isEnded()) {
			loseIfTooOld(generation, now);
		}
	}

	private void noAnswer(Generation generation, NoAnswer none, Instant now) {
		if (none.reason() == NoAnswer.Reason.ACCOUNT_FAULT) {
			this.lanes.stop(generation.lane(), "DashScope refuses the account: " + none.error().code());
		}
		if (!loseIfTooOld(generation, now)) {
			generation.askAgain(now.plus(nextPoll(generation, now)));
		}
	}

	/** What was bound by time alone is its own only if upstream echoes what was sent. */
	private boolean isConfirmed(Generation generation, TaskStatus.Succeeded succeeded) {
		if (!generation.isProvisional()) {
			return true;
		}
		boolean agrees = Echo.expected(this.contents.of(generation.id().value()))
			.agreesWith(Echo.of(succeeded.origPrompt(), succeeded.usage()));
		if (agrees) {
			generation.confirm();
		}
		return agrees;
	}

	/** It may have been another's; it cost nothing, so the doubt is as open as before. */
	private void unbindFailed(Generation generation, Instant now, TaskStatus.Facts facts) {
		this.strays.failed(String.valueOf(generation.upstreamTaskId()));
		generation.unbind(now, answer("candidate ended without a video", facts));
	}

	private static void start(Generation generation, TaskStatus.Facts facts, Instant now) {
		if (generation.state() == GenerationState.SUBMITTED) {
			generation.start(now, answer("running upstream", facts));
		}
	}

	private void succeed(Generation generation, TaskStatus.Succeeded succeeded, Instant now) {
		Usage usage = succeeded.usage();
		Charge charge = this.prices.quote(generation.priceId(), this.contents.of(generation.id().value()).spec())
			.charge(new BilledSeconds(usage.duration(), usage.inputVideoDuration(), usage.outputVideoDuration()));
		generation.succeed(succeeded.videoUrl().toString(), charge, succeeded.facts().endedAt(), now,
				answer("succeeded upstream", succeeded.facts()));
		if (charge.excess().isPositive()) {
			this.alerts.raise("upstream_excess", generation.id().toString(), charge.explanation());
		}
		this.runTimes.learn(generation, taken(generation, succeeded.facts(), now));
	}

	/**
	 * How long it took, by upstream's clock. By ours, what we learn would depend on when
	 * we ask, and that on what we have learnt.
	 */
	private static Duration taken(Generation generation, TaskStatus.Facts facts, Instant now) {
		Instant from = facts.submittedAt();
		Instant until = facts.endedAt();
		if (from != null && until != null && until.isAfter(from)) {
			return Duration.between(from, until);
		}
		Instant submitted = generation.submittedAt();
		return Duration.between((submitted != null) ? submitted : now, now);
	}

	private void pollAgain(Generation generation, Instant now) {
		if (!loseIfTooOld(generation, now)) {
			Duration expected = this.runTimes.expected(generation);
			generation.pollAgain(now.plus(nextPoll(generation, now)),
					this.pollTimes.progress(generation, expected, now), now);
		}
	}

	private boolean loseIfTooOld(Generation generation, Instant now) {
		Instant submitted = generation.submittedAt();
		if (submitted == null || submitted.plus(LONGEST).isAfter(now)) {
			return false;
		}
		generation.lose("Upstream brought no end within 3 h 15 min; the hold stays until this is cleared up", now,
				Evidence.of("no end in time"));
		this.alerts.raise(LostTasks.ALERT, generation.id().toString(), "No end within 3 h 15 min of its submission");
		return true;
	}

	private Duration nextPoll(Generation generation, Instant now) {
		return this.sweeps.cover(generation.lane()) ? this.pollTimes.nextWhileListed()
				: this.pollTimes.next(generation, this.runTimes.expected(generation), now);
	}

	private static Evidence answer(String cause, TaskStatus.Facts facts) {
		return new Evidence(cause, 200, null, null, facts.requestId());
	}

}
