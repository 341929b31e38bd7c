package io.wangateway.admission;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import io.wangateway.alert.Alerts;
import io.wangateway.generation.Evidence;
import io.wangateway.generation.FailureCode;
import io.wangateway.generation.Generation;
import io.wangateway.generation.GenerationId;
import io.wangateway.generation.GenerationState;
import io.wangateway.generation.Generations;
import io.wangateway.ledger.Ledger;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Carries out what was decided about a doubt, unless somebody else cleared it up
 * meanwhile, such as a sender whose answer came late.
 */
@Component
class DoubtResolution {

	static final String IN_DOUBT = "submission_in_doubt";

	private final Generations generations;

	private final Strays strays;

	private final Alerts alerts;

	private final Ledger ledger;

	private final DoubtSettings settings;

	DoubtResolution(Generations generations, Strays strays, Alerts alerts, Ledger ledger, DoubtSettings settings) {
		this.generations = generations;
		this.strays = strays;
		this.alerts = alerts;
		this.ledger = ledger;
		this.settings = settings;
	}

	@Transactional
	void carryOut(DoubtMatch.Decision decision) {
		switch (decision) {
			case DoubtMatch.Decision.Adopt(Doubt doubt, Stray stray) -> adopt(doubt, stray);
			case DoubtMatch.Decision.Bind(Doubt doubt, Stray stray) -> bind(doubt, stray);
			case DoubtMatch.Decision.Requeue(Doubt doubt) -> requeue(doubt);
			case DoubtMatch.Decision.AskOps(Doubt doubt, var candidates) -> this.alerts.raise(IN_DOUBT,
					id(doubt.generation()), "It is one of these upstream tasks, and nobody can tell which: "
							+ candidates.stream().map(Stray::taskId).collect(Collectors.joining(", ")));
			case DoubtMatch.Decision.Dismiss(Stray stray) -> dismiss(stray);
		}
	}

	private void adopt(Doubt doubt, Stray stray) {
		inDoubt(doubt).ifPresent((generation) -> {
			Instant now = this.ledger.now();
			generation.accepted(stray.taskId(), now, evidence("found upstream", stray), now);
			this.strays.adopt(stray.taskId(), doubt.generation());
			save(generation);
		});
	}

	private void bind(Doubt doubt, Stray stray) {
		inDoubt(doubt).ifPresent((generation) -> {
			generation.bind(stray.taskId(), this.ledger.now(), evidence("only candidate upstream", stray));
			this.strays.adopt(stray.taskId(), doubt.generation());
			save(generation);
		});
	}

	private void requeue(Doubt doubt) {
		inDoubt(doubt).ifPresent((generation) -> {
			Instant now = this.ledger.now();
			Evidence evidence = Evidence.of("not upstream");
			if (generation.cancelRequested()) {
				generation.cancel(now, evidence);
			}
			else if (this.settings.requeue()) {
				generation.requeue(now, evidence);
			}
			else {
				generation.fail(FailureCode.GENERATION_FAILED, "Upstream did not take the task", now, evidence);
			}
			save(generation);
		});
	}

	private void dismiss(Stray stray) {
		this.strays.dismiss(stray.taskId());
		if (stray.end() != Stray.End.FAILED) {
			this.alerts.raise("unclaimed_upstream_task", stray.taskId(),
					"Nobody here made this upstream task; is another program using the account?");
		}
	}

	/**
	 * By now the generation may have been sent again and be in doubt for another reason,
	 * of which this decision knows nothing.
	 */
	private Optional<Generation> inDoubt(Doubt doubt) {
		return this.generations.lock(doubt.generation())
			.filter((generation) -> generation.state() == GenerationState.IN_DOUBT
					&& Objects.equals(generation.attempt(), doubt.attempt()));
	}

	private void save(Generation generation) {
		this.generations.save(generation);
		this.alerts.resolve(IN_DOUBT, generation.id().toString());
	}

	private static String id(UUID generation) {
		return new GenerationId(generation).toString();
	}

	private static Evidence evidence(String cause, Stray stray) {
		return new Evidence(cause, null, null, null, stray.requestId());
	}

}
