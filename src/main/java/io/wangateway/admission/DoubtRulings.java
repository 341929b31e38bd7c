package io.wangateway.admission;

import java.time.Instant;
import java.util.UUID;

import io.wangateway.alert.Alerts;
import io.wangateway.dashscope.NoAnswer;
import io.wangateway.dashscope.TaskStatus;
import io.wangateway.dashscope.Usage;
import io.wangateway.generation.Evidence;
import io.wangateway.generation.Generation;
import io.wangateway.generation.GenerationContents;
import io.wangateway.generation.GenerationState;
import io.wangateway.generation.Generations;
import io.wangateway.ledger.Ledger;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What ops decide about a doubt that does not clear up by itself. Even they can't give a
 * team a video of which upstream echoes something else.
 */
@Component
public class DoubtRulings {

	private final Generations generations;

	private final GenerationContents contents;

	private final Strays strays;

	private final Upstreams upstreams;

	private final Pace pace;

	private final Alerts alerts;

	private final Ledger ledger;

	DoubtRulings(Generations generations, GenerationContents contents, Strays strays, Upstreams upstreams, Pace pace,
			Alerts alerts, Ledger ledger) {
		this.generations = generations;
		this.contents = contents;
		this.strays = strays;
		this.upstreams = upstreams;
		this.pace = pace;
		this.alerts = alerts;
		this.ledger = ledger;
	}

	/**
	 * Ask upstream about a task, whoever's it is, in its turn.
	 * @param livemode which account to ask
	 * @param upstreamTaskId the task
	 * @return how it stands
	 * @throws ApiException if upstream does not answer
	 * @throws InterruptedException if the gateway stops meanwhile
	 */
	public TaskStatus look(boolean livemode, String upstreamTaskId) throws InterruptedException {
		if (!this.upstreams.isConfigured(livemode)) {
			throw new ApiException(ErrorCode.UPSTREAM_NOT_CONFIGURED, "There is no DashScope key to ask with");
		}
		this.pace.await(livemode, "status");
		TaskStatus status = this.upstreams.of(livemode).status(upstreamTaskId);
		if (status instanceof NoAnswer(var _, var error)) {
			throw new ApiException(ErrorCode.SERVICE_UNAVAILABLE,
					"Upstream did not say how the task stands: " + error.message());
		}
		return status;
	}

	/**
	 * Take an upstream task for a generation's own. One that still runs has to echo at
	 * its end what was asked for, like any other.
	 * @param id the generation, in doubt
	 * @param upstreamTaskId the task
	 * @param status how it stands
	 * @throws ApiException if it can't be that generation's
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void adopt(UUID id, String upstreamTaskId, TaskStatus status) {
		Generation generation = inDoubt(id);
		Instant now = this.ledger.now();
		Evidence evidence = Evidence.of("adopted by ops");
		this.strays.ownerOf(upstreamTaskId).ifPresent((owner) -> {
			throw ApiException.invalid("upstream_task_id", "That upstream task is the one of " + owner);
		});
		switch (status) {
			case TaskStatus.Waiting _, TaskStatus.Running _ -> generation.bind(upstreamTaskId, now, evidence);
			case TaskStatus.Succeeded ended -> {
				checkEcho(id, ended.origPrompt(), ended.usage());
				generation.accepted(upstreamTaskId, now, evidence, now);
			}
			case TaskStatus.SucceededWithoutVideo ended -> {
				checkEcho(id, ended.origPrompt(), ended.usage());
				generation.accepted(upstreamTaskId, now, evidence, now);
			}
			case TaskStatus.Failed _, TaskStatus.Cancelled _ -> throw ApiException.invalid("upstream_task_id",
					"That upstream task ended without a video and cost nothing; resubmit the task instead");
			case TaskStatus.Forgotten _, NoAnswer _ ->
				throw ApiException.invalid("upstream_task_id", "Upstream knows no such task");
		}
		this.strays.adopt(upstreamTaskId, id);
		save(generation);
	}

	/**
	 * Take it that a generation is not upstream, and let it wait for a slot again.
	 * @param id the generation, in doubt
	 * @throws ApiException if it is not in doubt
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void resubmit(UUID id) {
		Generation generation = inDoubt(id);
		Evidence evidence = Evidence.of("resubmitted by ops");
		if (generation.cancelRequested()) {
			generation.cancel(this.ledger.now(), evidence);
		}
		else {
			generation.requeue(this.ledger.now(), evidence);
		}
		save(generation);
	}

	private Generation inDoubt(UUID id) {
		Generation generation = this.generations.lock(id)
			.orElseThrow(() -> new ApiException(ErrorCode.TASK_NOT_FOUND, "There is no such task"));
		if (generation.state() != GenerationState.IN_DOUBT) {
			throw new ApiException(ErrorCode.INVALID_REQUEST,
					"%s is %s; only a task that is IN_DOUBT can be adopted or resubmitted".formatted(generation.id(),
							generation.state()));
		}
		return generation;
	}

	private void checkEcho(UUID id, @Nullable String prompt, Usage usage) {
		if (!Echo.expected(this.contents.of(id)).agreesWith(Echo.of(prompt, usage))) {
			throw ApiException.invalid("upstream_task_id",
					"That upstream task is another's: its prompt, seconds or resolution are not those asked for");
		}
	}

	private void save(Generation generation) {
		this.generations.save(generation);
		this.alerts.resolve(DoubtResolution.IN_DOUBT, generation.id().toString());
	}

}
