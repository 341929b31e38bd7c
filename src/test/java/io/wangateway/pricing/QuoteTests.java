package io.wangateway.pricing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;

import io.wangateway.catalogue.GenerationSpec;
import io.wangateway.catalogue.Mode;
import io.wangateway.catalogue.ModeSpec.References;
import io.wangateway.catalogue.Resolution;
import io.wangateway.catalogue.ShippedCatalogue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests what a task costs under a price, to the last decimal. */
class QuoteTests {

	private static final References REFERENCES = ShippedCatalogue.read()
		.model("wan2.6-flash")
		.orElseThrow()
		.mode(Mode.R2V)
		.references();

	@ParameterizedTest
	@CsvSource({ "P720,true,0.30,5,1.50", "P720,true,0.30,10,3.00", "P720,true,0.30,15,4.50", "P1080,true,0.50,5,2.50",
			"P1080,true,0.50,10,5.00", "P1080,true,0.50,15,7.50", "P720,false,0.15,5,0.75", "P720,false,0.15,10,1.50",
			"P720,false,0.15,15,2.25", "P1080,false,0.25,5,1.25", "P1080,false,0.25,10,2.50",
			"P1080,false,0.25,15,3.75" })
	void imageVideoCostsUnitPriceTimesSeconds(Resolution resolution, boolean audio, BigDecimal unitPrice, int seconds,
			String cost) {
		Quote quote = Quote.of(new GenerationSpec("wan2.6-flash", Mode.I2V, "wan2.6-i2v-flash", resolution, seconds,
				audio, BigDecimal.ZERO), 1, unitPrice, Billable.OUTPUT);
		assertThat(quote.estimate()).hasToString(cost);
		assertThat(quote.maximum()).hasToString(cost);
		assertThat(quote.charge(BilledSeconds.SILENT).amount()).hasToString(cost);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "10,5,5,5.00,10", "10,-,-,5.00,10", "-,5,5,5.00,10", "-,-,5,2.50,5", "-,5,-,5.00,10",
					"-,-,-,2.50,5", "9.95,4.95,5,4.975,9.95", "5,0,5,2.50,5", "0,0,0,0.00,0", "-1,-1,-1,2.50,5",
					"86401,-,-,2.50,5" })
	void referenceVideoCostsWhatAlibabaBilled(@Nullable BigDecimal duration, @Nullable BigDecimal input,
			@Nullable BigDecimal output, String cost, BigDecimal seconds) {
		Charge charge = r2v(Billable.INPUT_AND_OUTPUT, "5").charge(new BilledSeconds(duration, input, output));
		assertThat(charge.amount()).hasToString(cost);
		assertThat(charge.excess()).isEqualTo(Money.ZERO);
		assertThat(charge.seconds()).isEqualByComparingTo(seconds);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "10,5,5,2.50", "10,5,-,2.50", "10,-,-,2.50", "-,5,-,2.50", "4,-,-,2.50",
			"-,-,4,2.00", "3,5,-,2.50" })
	void referenceSecondsAreFreeWhereOnlyOutputIsBillable(@Nullable BigDecimal duration, @Nullable BigDecimal input,
			@Nullable BigDecimal output, String cost) {
		Quote quote = r2v(Billable.OUTPUT, "5");
		assertThat(quote.charge(new BilledSeconds(duration, input, output)).amount()).hasToString(cost);
		assertThat(quote.maximum()).hasToString("2.50");
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "5,0,5,2.50", "5,-,-,2.50", "4,-,-,2.00", "-,-,3.5,1.75" })
	void imageVideoCostsWhatAlibabaBilled(@Nullable BigDecimal duration, @Nullable BigDecimal input,
			@Nullable BigDecimal output, String cost) {
		assertThat(i2v().charge(new BilledSeconds(duration, input, output)).amount()).hasToString(cost);
	}

	@Test
	void whatIsBilledBeyondTheHoldIsAnExcess() {
		Charge charge = r2v(Billable.INPUT_AND_OUTPUT, "5").charge(billed("12", "5", "7"));
		assertThat(charge.amount()).hasToString("5.00");
		assertThat(charge.excess()).hasToString("1.00");
		assertThat(charge.explanation()).isEqualTo("12 s (5 s reference + 7 s video) × ¥0.50 (1080p, with sound, r2v) "
				+ "= ¥6.00, ¥1.00 more than the ¥5.00 held");
	}

	@Test
	void chargeIsExplainedInOneLine() {
		assertThat(r2v(Billable.INPUT_AND_OUTPUT, "5").charge(billed("10", "5", "5")).explanation())
			.isEqualTo("10 s (5 s reference + 5 s video) × ¥0.50 (1080p, with sound, r2v) = ¥5.00");
		assertThat(r2v(Billable.INPUT_AND_OUTPUT, "5").charge(billed("6.65", "1.65", "5")).explanation())
			.isEqualTo("6.65 s (1.65 s reference + 5 s video) × ¥0.50 (1080p, with sound, r2v) = ¥3.325");
		assertThat(r2v(Billable.OUTPUT, "5").charge(billed("10", "5", "5")).explanation())
			.isEqualTo("5 s × ¥0.50 (1080p, with sound, r2v) = ¥2.50");
		assertThat(i2v().charge(BilledSeconds.SILENT).explanation())
			.isEqualTo("5 s × ¥0.50 (1080p, with sound, i2v) = ¥2.50");
	}

	@Test
	void estimateIsExplainedInOneLine() {
		assertThat(i2v().explanation()).isEqualTo("5 s × ¥0.50 (1080p, with sound, i2v) = ¥2.50");
		assertThat(r2v(Billable.INPUT_AND_OUTPUT, "4.95").explanation())
			.isEqualTo("5 s × ¥0.50 (1080p, with sound, r2v) = ¥2.50, at most ¥4.975 with 4.95 s of reference");
	}

	@Test
	void noVideoCostsNothingAndSaysWhy() {
		assertThat(Charge.nothing("the task failed"))
			.isEqualTo(new Charge(Money.ZERO, Money.ZERO, BigDecimal.ZERO, "¥0.00: the task failed"));
	}

	@Test
	void holdCoversWhateverAlibabaCanBill() {
		Random random = seeded();
		for (int i = 0; i < 100_000; i++) {
			Quote quote = anyQuote(random);
			BigDecimal input = anyInput(random, quote);
			BigDecimal output = BigDecimal.valueOf(quote.spec().seconds());
			Charge charge = quote.charge(new BilledSeconds(output.add(input), input, output));
			assertThat(charge.excess()).as("%s billed for %s", quote, input).isEqualTo(Money.ZERO);
			assertThat(charge.amount()).isLessThanOrEqualTo(quote.maximum());
		}
	}

	@Test
	void holdIsTheLeastThatCoversIt() {
		Random random = seeded();
		for (int i = 0; i < 10_000; i++) {
			Quote quote = anyQuote(random);
			BigDecimal input = quote.spec().mostInputSeconds();
			BigDecimal output = BigDecimal.valueOf(quote.spec().seconds());
			assertThat(quote.charge(new BilledSeconds(output.add(input), input, output)).amount())
				.isEqualTo(quote.maximum());
		}
	}

	@Test
	void chargeNeverExceedsTheHoldWhateverUpstreamSays() {
		Random random = seeded();
		for (int i = 0; i < 100_000; i++) {
			Quote quote = anyQuote(random);
			Charge charge = quote.charge(new BilledSeconds(anyFigure(random), anyFigure(random), anyFigure(random)));
			assertThat(charge.amount()).isBetween(Money.ZERO, quote.maximum());
			assertThat(charge.excess()).isGreaterThanOrEqualTo(Money.ZERO);
			assertThat(charge.excess().isPositive()).isEqualTo(
					charge.amount().equals(quote.maximum()) && exact(quote, charge).compareTo(quote.maximum()) > 0);
			assertThat(charge.amount().plus(charge.excess())).isEqualTo(exact(quote, charge));
		}
	}

	/** The same sum in whole hundred-millionths of ¥, by another road. */
	private static Money exact(Quote quote, Charge charge) {
		BigInteger micros = quote.unitPrice().movePointRight(6).toBigIntegerExact();
		BigInteger tenthMillis = charge.seconds().movePointRight(4).toBigIntegerExact();
		return new Money(new BigDecimal(micros.multiply(tenthMillis), 10).setScale(8, RoundingMode.HALF_UP));
	}

	private static Quote anyQuote(Random random) {
		int references = 1 + random.nextInt(5);
		int possibleVideos = random.nextInt(references + 1);
		BigDecimal unitPrice = new BigDecimal(BigInteger.valueOf(1 + random.nextInt(2_000_000)), 6);
		GenerationSpec spec = new GenerationSpec("wan2.6-flash", Mode.R2V, "wan2.6-r2v-flash", Resolution.P1080,
				random.nextBoolean() ? 5 : 10, random.nextBoolean(),
				REFERENCES.mostSeconds(references, possibleVideos));
		return Quote.of(spec, 1, unitPrice, random.nextBoolean() ? Billable.OUTPUT : Billable.INPUT_AND_OUTPUT);
	}

	/** What Alibaba may count: any part of the most, in milliseconds. */
	private static BigDecimal anyInput(Random random, Quote quote) {
		int most = quote.spec().mostInputSeconds().movePointRight(3).intValueExact();
		return BigDecimal.valueOf(random.nextInt(most + 1), 3);
	}

	private static @Nullable BigDecimal anyFigure(Random random) {
		return (random.nextInt(4) == 0) ? null : new BigDecimal(
				BigInteger.valueOf(random.nextLong(-1_000_000_000L, 100_000_000_000L)), random.nextInt(11));
	}

	private static Random seeded() {
		long seed = System.nanoTime();
		System.out.println("QuoteTests with seed " + seed);
		return new Random(seed);
	}

	private static BilledSeconds billed(String duration, String input, String output) {
		return new BilledSeconds(new BigDecimal(duration), new BigDecimal(input), new BigDecimal(output));
	}

	private static Quote i2v() {
		return Quote.of(new GenerationSpec("wan2.6-flash", Mode.I2V, "wan2.6-i2v-flash", Resolution.P1080, 5, true,
				BigDecimal.ZERO), 1, new BigDecimal("0.500000"), Billable.OUTPUT);
	}

	private static Quote r2v(Billable billable, String mostInputSeconds) {
		return Quote.of(new GenerationSpec("wan2.6-flash", Mode.R2V, "wan2.6-r2v-flash", Resolution.P1080, 5, true,
				new BigDecimal(mostInputSeconds)), 1, new BigDecimal("0.500000"), billable);
	}

}
