package io.wangateway.ledger;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

import io.wangateway.catalogue.GenerationSpec;
import io.wangateway.generation.Evidence;
import io.wangateway.generation.FailureCode;
import io.wangateway.generation.Generation;
import io.wangateway.generation.GenerationContents;
import io.wangateway.generation.Generations;
import io.wangateway.pricing.BilledSeconds;
import io.wangateway.pricing.Charge;
import io.wangateway.pricing.Money;
import io.wangateway.pricing.Prices;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Takes steps of generations' lives by chance, each in a transaction of its own as the
 * gateway itself takes it. Now and then the transaction comes to nothing, as it does
 * where a replica dies.
 */
@TestComponent
class RandomLife {

	private static final Evidence EVIDENCE = Evidence.of("by chance");

	/** So far off that no loop of the gateway joins in. */
	private static final Duration LATER = Duration.ofDays(36_500);

	private final Generations generations;

	private final GenerationContents contents;

	private final Prices prices;

	private final Ledger ledger;

	private final TransactionTemplate transaction;

	RandomLife(Generations generations, GenerationContents contents, Prices prices, Ledger ledger,
			TransactionTemplate transaction) {
		this.generations = generations;
		this.contents = contents;
		this.prices = prices;
		this.ledger = ledger;
		this.transaction = transaction;
	}

	/**
	 * Take a step that the state allows, or see that what is settled takes none.
	 * @param id the generation
	 * @param random decides
	 * @param excess whether upstream may bill more than what is held
	 */
	void step(UUID id, RandomGenerator random, boolean excess) {
		this.transaction.executeWithoutResult((status) -> {
			Generation generation = this.generations.lock(id).orElseThrow();
			Instant now = this.ledger.now();
			switch (generation.state()) {
				case QUEUED -> waiting(generation, random, now);
				case SUBMITTING -> sending(generation, random, now);
				case IN_DOUBT -> inDoubt(generation, random, now);
				case SUBMITTED -> pending(generation, random, now);
				case RUNNING -> running(generation, random, now, excess);
				case LOST -> lost(generation, random);
				case SUCCEEDED, FAILED, CANCELLED -> {
					ended(generation, now);
					status.setRollbackOnly();
				}
			}
			this.generations.save(generation);
			if (random.nextInt(10) == 0) {
				status.setRollbackOnly();
			}
		});
	}

	/** Settle what is settled once more, as a step does that is carried out twice. */
	void settleAgain(UUID id) {
		this.transaction.executeWithoutResult((_) -> {
			Generation generation = this.generations.lock(id).orElseThrow();
			Money charged = generation.charged();
			if (charged != null) {
				this.ledger.settle(settlement(generation, charged));
			}
		});
	}

	private static void waiting(Generation generation, RandomGenerator random, Instant now) {
		switch (random.nextInt(10)) {
			case 0 -> generation.cancel(now, EVIDENCE);
			case 1 -> generation.fail(FailureCode.GENERATION_TIMEOUT, "It waited too long", now, EVIDENCE);
			default -> generation.submit(1, now);
		}
	}

	private static void sending(Generation generation, RandomGenerator random, Instant now) {
		switch (random.nextInt(8)) {
			case 0 -> generation.fail(FailureCode.INVALID_PARAMETERS, "It was refused", now, EVIDENCE);
			case 1 -> generation.requeue(now, EVIDENCE);
			case 2, 3 -> generation.doubt(now, EVIDENCE, now.plus(LATER));
			case 4 -> generation.requestCancel();
			default -> generation.accepted(upstreamId(), now, EVIDENCE, now.plus(LATER));
		}
	}

	private static void inDoubt(Generation generation, RandomGenerator random, Instant now) {
		switch (random.nextInt(6)) {
			case 0 -> generation.requeue(now, EVIDENCE);
			case 1 -> generation.cancel(now, EVIDENCE);
			case 2 -> generation.fail(FailureCode.GENERATION_FAILED, "It was not taken", now, EVIDENCE);
			case 3 -> generation.accepted(upstreamId(), now, EVIDENCE, now.plus(LATER));
			default -> generation.bind(upstreamId(), now.plus(LATER), EVIDENCE);
		}
	}

	private static void pending(Generation generation, RandomGenerator random, Instant now) {
		switch (random.nextInt(10)) {
			case 0 -> generation.cancel(now, EVIDENCE);
			case 1 -> generation.fail(FailureCode.GENERATION_FAILED, "It failed", now, EVIDENCE);
			case 2 -> generation.lose("Nobody knows", now, EVIDENCE);
			case 3 -> generation.pollAgain(now.plus(LATER), 0, now);
			case 4 -> generation.requestCancel();
			default -> {
				if (generation.isProvisional() && random.nextBoolean()) {
					generation.unbind(now, EVIDENCE);
				}
				else {
					generation.start(now, EVIDENCE);
				}
			}
		}
	}

	private void running(Generation generation, RandomGenerator random, Instant now, boolean excess) {
		switch (random.nextInt(10)) {
			case 0 -> generation.fail(FailureCode.GENERATION_FAILED, "It failed", now, EVIDENCE);
			case 1 -> generation.lose("Nobody knows", now, EVIDENCE);
			case 2 -> generation.pollAgain(now.plus(LATER), random.nextInt(96), now);
			default -> {
				generation.confirm();
				generation.succeed("https://videos.example.com/1", charge(generation, random, excess), now, now,
						EVIDENCE);
			}
		}
	}

	private void lost(Generation generation, RandomGenerator random) {
		Money held = generation.maximumCost();
		if (generation.charged() != null) {
			assertThatIllegalStateException()
				.isThrownBy(() -> generation.writeOff(chargeOf(held), generation.createdAt(), EVIDENCE));
			return;
		}
		Money charge = switch (random.nextInt(3)) {
			case 0 -> Money.ZERO;
			case 1 -> held;
			default -> new Money(held.amount().multiply(new BigDecimal("0.25")).setScale(8, RoundingMode.DOWN));
		};
		generation.writeOff(chargeOf(charge), generation.createdAt(), EVIDENCE);
		this.ledger.writeOff(settlement(generation, charge), "ops", "Nobody knows");
	}

	private static Charge chargeOf(Money amount) {
		return new Charge(amount, Money.ZERO, BigDecimal.ZERO, "written off");
	}

	private static void ended(Generation generation, Instant now) {
		Charge charge = new Charge(Money.of("0.01"), Money.ZERO, BigDecimal.ONE, "");
		assertThatIllegalStateException()
			.isThrownBy(() -> generation.succeed("https://videos.example.com/2", charge, now, now, EVIDENCE));
	}

	private Charge charge(Generation generation, RandomGenerator random, boolean excess) {
		GenerationSpec spec = this.contents.of(generation.id().value()).spec();
		BigDecimal output = BigDecimal.valueOf(spec.seconds());
		BigDecimal input = spec.mostInputSeconds()
			.multiply(BigDecimal.valueOf(random.nextInt(101), 2))
			.add(BigDecimal.valueOf((excess && random.nextInt(8) == 0) ? 1 + random.nextInt(9) : 0));
		return this.prices.quote(generation.priceId(), spec).charge(switch (random.nextInt(5)) {
			case 0 -> BilledSeconds.SILENT;
			case 1 -> new BilledSeconds(output.add(input), null, null);
			case 2 -> new BilledSeconds(null, input, null);
			default -> new BilledSeconds(output.add(input), input, output);
		});
	}

	private static Ledger.Settlement settlement(Generation generation, Money charge) {
		return new Ledger.Settlement(generation.id().value(), generation.team(), generation.livemode(),
				generation.maximumCost(), charge, generation.excess());
	}

	private static String upstreamId() {
		return UUID.randomUUID().toString();
	}

	/** A request that a random product is asked for with, as JSON. */
	static String request(RandomGenerator random) {
		String common = "\"resolution\": \"%s\", \"audio\": %s, \"duration\": %d"
			.formatted(random.nextBoolean() ? "720p" : "1080p", random.nextBoolean(), random.nextBoolean() ? 5 : 10);
		if (random.nextInt(3) == 0) {
			return """
					{"model": "wan2.6-flash", "image_urls": ["https://media.example.com/cat.png"], %s}"""
				.formatted(common);
		}
		List<String> references = random.ints(1 + random.nextInt(5), 0, 3)
			.mapToObj((kind) -> "\"https://media.example.com/%s\"".formatted(List.of("a.png", "b", "c").get(kind)))
			.toList();
		return """
				{"model": "wan2.6-flash", "metadata": {"reference_urls": [%s]}, %s}"""
			.formatted(String.join(", ", references), common);
	}

}
