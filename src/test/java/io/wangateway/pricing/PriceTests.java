package io.wangateway.pricing;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.wangateway.GatewayTest;
import io.wangateway.catalogue.GenerationSpec;
import io.wangateway.catalogue.Mode;
import io.wangateway.catalogue.Resolution;
import io.wangateway.team.Caller.Operator;
import io.wangateway.team.Role;
import io.wangateway.web.ApiException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that prices are rows that never change, and that each takes over on its second.
 */
@GatewayTest
class PriceTests {

	private static final AtomicInteger count = new AtomicInteger();

	@Autowired
	Prices prices;

	@Autowired
	PriceBook book;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	TransactionTemplate transaction;

	@Autowired
	Clock clock;

	/** A model of the test's own. Only the routes ask the catalogue. */
	private String model = "";

	private Operator operator = new Operator(0, "", Role.FINANCE);

	@BeforeEach
	void makeModelAndFindOperator() {
		this.model = "model-" + count.incrementAndGet();
		this.operator = new Operator(this.jdbc.sql("select min(id) from operator").query(Integer.class).single(),
				"anyone", Role.FINANCE);
	}

	@ParameterizedTest
	@CsvSource({ "i2v,720p,true,0.30,output", "i2v,1080p,true,0.50,output", "i2v,720p,false,0.15,output",
			"i2v,1080p,false,0.25,output", "r2v,720p,true,0.30,input_and_output",
			"r2v,1080p,true,0.50,input_and_output", "r2v,720p,false,0.15,input_and_output",
			"r2v,1080p,false,0.25,input_and_output" })
	void flashModelComesWithPrices(String mode, String resolution, boolean audio, BigDecimal unitPrice,
			String billable) {
		Quote quote = this.prices.quote(new GenerationSpec("wan2.6-flash", Mode.of(mode), "", Resolution.of(resolution),
				5, audio, BigDecimal.ZERO), Instant.parse("2025-12-31T16:00:00Z"));
		assertThat(quote.unitPrice()).isEqualByComparingTo(unitPrice);
		assertThat(quote.billable()).isEqualTo(Billable.of(billable));
	}

	@Test
	void beforeItsFirstPriceNothingCanBeSubmitted() {
		GenerationSpec spec = new GenerationSpec("wan2.6-flash", Mode.I2V, "", Resolution.P1080, 5, true,
				BigDecimal.ZERO);
		assertThatExceptionOfType(ApiException.class)
			.isThrownBy(() -> this.prices.quote(spec, Instant.parse("2025-12-31T15:59:59.999Z")))
			.withMessage("There is no price for wan2.6-flash, i2v, 1080p, with sound, so it can't be submitted");
	}

	@Test
	void priceTakesOverOnItsSecond() {
		Price first = add("0.10", null);
		Price second = add("0.20", first.effectiveFrom().plusSeconds(3600));
		assertThat(unitPrice(first.effectiveFrom())).isEqualByComparingTo("0.10");
		assertThat(unitPrice(second.effectiveFrom().minusNanos(1))).isEqualByComparingTo("0.10");
		assertThat(unitPrice(second.effectiveFrom())).isEqualByComparingTo("0.20");
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> unitPrice(first.effectiveFrom().minusNanos(1)));
	}

	@Test
	void priceBetweenTwoOthersEndsWhereTheNextBegins() {
		Price first = add("0.10", null);
		Price third = add("0.30", first.effectiveFrom().plusSeconds(200));
		Price second = add("0.20", first.effectiveFrom().plusSeconds(100));
		assertThat(unitPrice(second.effectiveFrom().minusNanos(1))).isEqualByComparingTo("0.10");
		assertThat(unitPrice(second.effectiveFrom())).isEqualByComparingTo("0.20");
		assertThat(unitPrice(third.effectiveFrom().minusNanos(1))).isEqualByComparingTo("0.20");
		assertThat(unitPrice(third.effectiveFrom())).isEqualByComparingTo("0.30");
	}

	@Test
	void rowWithoutUnitPriceEndsThePrice() {
		Price price = add("0.10", null);
		Price end = add(null, price.effectiveFrom().plusSeconds(60));
		assertThat(unitPrice(end.effectiveFrom().minusNanos(1))).isEqualByComparingTo("0.10");
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> unitPrice(end.effectiveFrom()))
			.withMessageContaining(this.model);
	}

	@Test
	void taskKeepsThePriceItWasAcceptedUnder() {
		Price first = add("0.10", null);
		Quote accepted = this.prices.quote(spec(), first.effectiveFrom());
		add("0.20", first.effectiveFrom().plusSeconds(1));
		assertThat(this.prices.quote(accepted.priceId(), spec())).isEqualTo(accepted);
		assertThat(new Prices(this.book).quote(accepted.priceId(), spec())).isEqualTo(accepted);
	}

	@Test
	void replicaThatHasJustReadThePricesStillTakesANewOneOverOnItsSecond() {
		Prices replica = new Prices(this.book);
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> replica.quote(spec(), this.clock.instant()));
		Instant soonest = add("0.10", null).effectiveFrom();
		assertThat(replica.quote(spec(), soonest).unitPrice()).isEqualByComparingTo("0.10");
	}

	@Test
	@Timeout(30)
	void readingWaitsForAPriceThatIsJustBeingPutOnRecord() throws Exception {
		CountDownLatch added = new CountDownLatch(1);
		CountDownLatch seen = new CountDownLatch(1);
		CompletableFuture<Price> adding = CompletableFuture.supplyAsync(() -> this.transaction.execute((status) -> {
			Price price = add("0.10", null);
			added.countDown();
			await(seen);
			return price;
		}), Thread::startVirtualThread);
		await(added);
		CompletableFuture<PriceSheet> reading = CompletableFuture.supplyAsync(() -> this.book.read(),
				Thread::startVirtualThread);
		while (this.jdbc.sql("select count(*) from pg_locks where not granted and relation = 'price'::regclass")
			.query(Integer.class)
			.single() == 0) {
			assertThat(reading).isNotDone();
			Thread.onSpinWait();
		}
		seen.countDown();
		assertThat(reading.get(10, TimeUnit.SECONDS).withId(adding.get(10, TimeUnit.SECONDS).id())).isPresent();
	}

	@Test
	void priceBeginsAtTheNextFullSecondButOneAtTheEarliest() {
		Instant before = this.clock.instant();
		Price price = add("0.10", null);
		assertThat(price.effectiveFrom()).isBetween(before.plusSeconds(1), this.clock.instant().plusSeconds(2));
		assertThat(price.effectiveFrom()).isEqualTo(price.effectiveFrom().truncatedTo(ChronoUnit.SECONDS));
	}

	@ParameterizedTest
	@ValueSource(longs = { -86400, -1, 0 })
	void priceNeverBeginsInThePast(long seconds) {
		assertThatExceptionOfType(ApiException.class)
			.isThrownBy(() -> add("0.10", this.clock.instant().plusSeconds(seconds)))
			.withMessageContaining("because a price never changes what was");
		assertThat(rows()).isZero();
	}

	@Test
	void twoPricesCannotBeginTogether() {
		Instant from = add("0.10", null).effectiveFrom().plusSeconds(10);
		add("0.20", from);
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> add("0.30", from))
			.withMessageContaining("There is already a price from");
		assertThat(rows()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "update price set unit_price = 1", "delete from price", "truncate price cascade",
			"insert into price (model, mode, resolution, audio, unit_price, billable, effective_from, created_by, created_at) "
					+ "select 'x', 'i2v', '720p', true, 1, 'output', now(), id, now() from operator limit 1",
			"insert into price (model, mode, resolution, audio, unit_price, billable, effective_from, created_at) "
					+ "select 'x', 'i2v', '720p', true, 0, 'output', now(), now()" })
	void databaseRefusesWhatNoPriceMayBe(String sql) {
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> this.jdbc.sql(sql).update());
	}

	private Price add(@Nullable String unitPrice, @Nullable Instant from) {
		return this.book.add(new PriceSpec(Product.of(spec()), (unitPrice != null) ? new BigDecimal(unitPrice) : null,
				Billable.OUTPUT, from), this.operator);
	}

	private BigDecimal unitPrice(Instant at) {
		return this.prices.quote(spec(), at).unitPrice();
	}

	private int rows() {
		return this.jdbc.sql("select count(*) from price where model = :model")
			.param("model", this.model)
			.query(Integer.class)
			.single();
	}

	private GenerationSpec spec() {
		return new GenerationSpec(this.model, Mode.R2V, "", Resolution.P720, 5, true, BigDecimal.ZERO);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
