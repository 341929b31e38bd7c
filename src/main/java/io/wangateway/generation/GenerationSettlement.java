package io.wangateway.generation;

import java.util.Objects;

import io.wangateway.ledger.Ledger;

import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Settles what ended, in the transaction in which it ended. First among the listeners,
 * since the account is locked before the queue.
 */
@Component
class GenerationSettlement {

	private final Ledger ledger;

	GenerationSettlement(Ledger ledger) {
		this.ledger = ledger;
	}

	@EventListener
	@Order(0)
	void settle(GenerationMoved moved) {
		if (!moved.to().isSettled()) {
			return;
		}
		Generation generation = moved.generation();
		this.ledger.settle(new Ledger.Settlement(generation.id().value(), generation.team(), generation.livemode(),
				generation.maximumCost(), Objects.requireNonNull(generation.charged()), generation.excess()));
	}

}
