package io.wangateway.admission;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.wangateway.admission.DoubtMatch.Decision;
import io.wangateway.dashscope.Usage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which stray task belongs to which doubt, and when nobody can know. */
class DoubtMatchTests {

	private static final Instant SENT = Instant.parse("2026-11-22T12:00:00Z");

	private static final Instant OPEN_WINDOW = SENT.plusSeconds(30);

	private static final Instant CLOSED_WINDOW = SENT.plusSeconds(120);

	private final Doubt cat = doubt("a cat", 0);

	private final Doubt dog = doubt("a dog", 3);

	@Test
	void onlyStrayOfTheOnlyDoubtIsBoundAtOnce() {
		Stray stray = open("t1", 1);
		assertThat(match(List.of(this.cat), List.of(stray), OPEN_WINDOW))
			.containsExactly(new Decision.Bind(this.cat, stray));
	}

	@Test
	void strayOfTheVeryRequestIsAdoptedAmongMany() {
		Doubt known = new Doubt(UUID.randomUUID(), 1, SENT.minusSeconds(5), SENT.plusSeconds(20), SENT.plusSeconds(80),
				"req-7", echo("a cat"));
		Stray stray = new Stray("t1", SENT.plusSeconds(1), "req-7", Stray.End.OPEN, null);
		assertThat(match(List.of(known, this.dog), List.of(stray, open("t2", 2)), OPEN_WINDOW))
			.contains(new Decision.Adopt(known, stray));
	}

	/**
	 * Else a stranger's task with the same prompt would be handed over, seen just before
	 * one's own.
	 */
	@Test
	void nothingIsTakenBeforeAllWasSeenThatWasMadeUntilTheSenderGaveUp() {
		Instant seen = this.cat.gaveUp().minusMillis(1);
		for (Stray stray : List.of(open("t1", 1), succeeded("t2", 1, echo("a cat")))) {
			assertThat(DoubtMatch.match(List.of(this.cat), List.of(stray), seen, OPEN_WINDOW)).isEmpty();
			assertThat(DoubtMatch.match(List.of(this.cat), List.of(stray), this.cat.gaveUp(), OPEN_WINDOW)).hasSize(1);
		}
	}

	@Test
	void nothingIsConcludedWhileTheWindowIsOpen() {
		assertThat(match(List.of(this.cat), List.of(), OPEN_WINDOW)).isEmpty();
	}

	@Test
	void doubtWithoutAnyStrayGoesBackToTheQueueOnceItsWindowHasClosed() {
		assertThat(match(List.of(this.cat), List.of(), CLOSED_WINDOW)).containsExactly(new Decision.Requeue(this.cat));
	}

	@Test
	void severalAreToldApartByWhatUpstreamEchoes() {
		Stray ofDog = succeeded("t1", 4, echo("a dog"));
		Stray ofCat = succeeded("t2", 4, echo("a cat"));
		assertThat(match(List.of(this.cat, this.dog), List.of(ofDog, ofCat), OPEN_WINDOW))
			.containsExactlyInAnyOrder(new Decision.Adopt(this.dog, ofDog), new Decision.Adopt(this.cat, ofCat));
	}

	@Test
	void strayThatStillRunsWaitsWhereItCouldBeTwo() {
		assertThat(match(List.of(this.cat, this.dog), List.of(open("t1", 4)), OPEN_WINDOW)).isEmpty();
	}

	@Test
	void equalPromptsAreForOps() {
		Doubt otherCat = doubt("a cat", 3);
		Stray first = succeeded("t1", 4, echo("a cat"));
		Stray second = succeeded("t2", 4, echo("a cat"));
		assertThat(match(List.of(this.cat, otherCat), List.of(first, second), CLOSED_WINDOW)).containsExactlyInAnyOrder(
				new Decision.AskOps(this.cat, List.of(first, second)),
				new Decision.AskOps(otherCat, List.of(first, second)));
	}

	@Test
	void oneOfTwoWithTheSameEchoIsForOpsEvenIfOneMustBeAnothers() {
		Stray first = succeeded("t1", 1, echo("a cat"));
		Stray second = succeeded("t2", 2, echo("a cat"));
		assertThat(match(List.of(this.cat), List.of(first, second), OPEN_WINDOW)).isEmpty();
		assertThat(match(List.of(this.cat), List.of(first, open("t2", 2)), OPEN_WINDOW)).isEmpty();
		assertThat(match(List.of(this.cat), List.of(first, second), CLOSED_WINDOW))
			.containsExactly(new Decision.AskOps(this.cat, List.of(first, second)));
	}

	@Test
	void emptyPromptsTellNothingApart() {
		Doubt wordless = doubt("", 3);
		Stray first = succeeded("t1", 4, echo(""));
		Stray second = succeeded("t2", 4, echo("a cat"));
		assertThat(match(List.of(wordless, this.cat), List.of(first, second), OPEN_WINDOW))
			.contains(new Decision.Adopt(this.cat, second))
			.doesNotContain(new Decision.Adopt(wordless, first));
	}

	@Test
	void strayWithAnEchoThatNobodyExpectsIsAnothersAmongSeveral() {
		Stray foreign = succeeded("t1", 4, echo("a horse"));
		assertThat(match(List.of(this.cat, this.dog), List.of(foreign), OPEN_WINDOW))
			.containsExactly(new Decision.Dismiss(foreign));
	}

	@Test
	void strayThatFailedCostNothingAndHoldsNobodyUp() {
		Stray failed = new Stray("t1", SENT.plusSeconds(1), null, Stray.End.FAILED, null);
		assertThat(match(List.of(this.cat), List.of(failed), OPEN_WINDOW)).isEmpty();
		assertThat(match(List.of(this.cat), List.of(failed), CLOSED_WINDOW))
			.containsExactly(new Decision.Requeue(this.cat));
	}

	@Test
	void windowsThatDoNotOverlapKeepDoubtsApart() {
		Doubt later = doubt("a cat", 600);
		Stray first = open("t1", 1);
		Stray second = open("t2", 601);
		assertThat(match(List.of(this.cat, later), List.of(first, second), OPEN_WINDOW.plusSeconds(600)))
			.containsExactlyInAnyOrder(new Decision.Bind(this.cat, first), new Decision.Bind(later, second));
	}

	private static List<Decision> match(List<Doubt> doubts, List<Stray> strays, Instant now) {
		return DoubtMatch.match(doubts, strays, now, now);
	}

	private static Doubt doubt(String prompt, int sentAfter) {
		Instant sent = SENT.plusSeconds(sentAfter);
		return new Doubt(UUID.randomUUID(), 1, sent.minusSeconds(5), sent.plusSeconds(20), sent.plusSeconds(80), null,
				echo(prompt));
	}

	private static Stray open(String id, int after) {
		return new Stray(id, SENT.plusSeconds(after), null, Stray.End.OPEN, null);
	}

	private static Stray succeeded(String id, int after, @Nullable Echo echo) {
		return new Stray(id, SENT.plusSeconds(after), null, Stray.End.SUCCEEDED, echo);
	}

	private static Echo echo(String prompt) {
		return Echo.of(prompt, new Usage(null, null, BigDecimal.valueOf(5), 1080, 1, null, false));
	}

}
