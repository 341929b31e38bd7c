package io.wangateway.following;

import java.math.BigDecimal;
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
import io.wangateway.pricing.BilledSeconds;
import io.wangateway.pricing.Charge;
import io.wangateway.pricing.Money;
import io.wangateway.pricing.Prices;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Clears up what was lost, for the books only: to its team a lost task stays failed.
 */
@Component
public class LostTasks {

	static final String ALERT = "task_lost";

	private final Generations generations;

	private final GenerationContents contents;

	private final Prices prices;

	private final Ledger ledger;

	private final Alerts alerts;

	LostTasks(Generations generations, GenerationContents contents, Prices prices, Ledger ledger, Alerts alerts) {
		this.generations = generations;
		this.contents = contents;
		this.prices = prices;
		this.ledger = ledger;
		this.alerts = alerts;
	}

	/**
	 * Charge a lost generation with what ops decide.
	 * @param id the generation
	 * @param amount from nothing to what is held
	 * @param actor who decided it
	 * @param reason why
	 * @throws ApiException if it is not lost, was written off before or holds less
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void writeOff(UUID id, Money amount, String actor, String reason) {
		Generation generation = lost(id);
		if (amount.compareTo(generation.maximumCost()) > 0) {
			throw ApiException.invalid("charge", "charge must be from 0.00 to %s, which is held (was %s)"
				.formatted(generation.maximumCost(), amount));
		}
		settle(generation, new Charge(amount, Money.ZERO, BigDecimal.ZERO, "¥%s: written off".formatted(amount)), actor,
				reason, "written off by ops");
	}

	/**
	 * Charge a lost generation with what upstream billed for its task.
	 * @param id the generation
	 * @param status how that task ended
	 * @param actor who found the task
	 * @param reason why it is this one
	 * @throws ApiException if it is not lost, was written off before, or the task tells
	 * nothing
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void adopt(UUID id, TaskStatus status, String actor, String reason) {
		Generation generation = lost(id);
		Charge charge = switch (status) {
			case TaskStatus.Succeeded ended -> charge(generation, ended.usage());
			case TaskStatus.SucceededWithoutVideo ended -> charge(generation, ended.usage());
			case TaskStatus.Failed _, TaskStatus.Cancelled _ -> Charge.nothing("the task brought no video");
			case TaskStatus.Waiting _, TaskStatus.Running _ ->
				throw ApiException.invalid("upstream_task_id", "That upstream task has not ended yet");
			case TaskStatus.Forgotten _, NoAnswer _ -> throw ApiException.invalid("upstream_task_id",
					"Upstream knows no such task; write the task off instead");
		};
		settle(generation, charge, actor, reason, "adopted by ops for the books");
	}

	private Generation lost(UUID id) {
		Generation generation = this.generations.lock(id)
			.orElseThrow(() -> new ApiException(ErrorCode.TASK_NOT_FOUND, "There is no such task"));
		if (generation.state() != GenerationState.LOST || generation.charged() != null) {
			throw new ApiException(ErrorCode.INVALID_REQUEST,
					(generation.charged() != null) ? "%s is settled already".formatted(generation.id())
							: "%s is %s, and only what is LOST can be settled so".formatted(generation.id(),
									generation.state()));
		}
		return generation;
	}

	private Charge charge(Generation generation, Usage usage) {
		return this.prices.quote(generation.priceId(), this.contents.of(generation.id().value()).spec())
			.charge(new BilledSeconds(usage.duration(), usage.inputVideoDuration(), usage.outputVideoDuration()));
	}

	private void settle(Generation generation, Charge charge, String actor, String reason, String cause) {
		generation.writeOff(charge, this.ledger.now(), Evidence.of(cause));
		this.generations.save(generation);
		this.ledger.writeOff(new Ledger.Settlement(generation.id().value(), generation.team(), generation.livemode(),
				generation.maximumCost(), charge.amount(), charge.excess()), actor, reason);
		this.alerts.resolve(ALERT, generation.id().toString());
	}

}
