package io.wangateway.sandbox;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.wangateway.GatewayTest;
import io.wangateway.catalogue.GenerationSpec;
import io.wangateway.dashscope.AnswerReading;
import io.wangateway.dashscope.TaskStatus;
import io.wangateway.dashscope.Usage;
import io.wangateway.generation.RequestReading;
import io.wangateway.pricing.BilledSeconds;
import io.wangateway.pricing.Charge;
import io.wangateway.pricing.Money;
import io.wangateway.pricing.Prices;
import io.wangateway.pricing.Quote;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the gateway charges is what the simulator would bill. The simulator plans each
 * task and tells its {@code usage} as it does over HTTP; the gateway reads request and
 * answer and prices them as it does in production. Neither knows the other's rules.
 */
@GatewayTest
class SimulatedBillTests {

	private static final int TASKS = 100_000;

	/** Alibaba's list: ¥ per second by tier and sound. */
	private static final Map<String, String> LIST = Map.of("720 true", "0.30", "1080 true", "0.50", "720 false", "0.15",
			"1080 false", "0.25");

	private static final Behaviour.Timings TIMINGS = new Behaviour.Timings(Duration.ZERO, Duration.ZERO, Duration.ZERO,
			0);

	@Autowired
	Prices prices;

	@Autowired
	Clock clock;

	@Test
	void hundredThousandVideosAreChargedToTheFen() {
		long seed = System.nanoTime();
		System.out.println("SimulatedBillTests with seed " + seed);
		Random random = new Random(seed);
		BigDecimal billed = BigDecimal.ZERO;
		Money charged = Money.ZERO;
		for (int i = 0; i < TASKS; i++) {
			Video video = Video.any(random);
			Task task = made(video);
			JsonNode answer = TaskAnswers.status(task, URI.create("https://videos.example.com/1.mp4"));
			BigDecimal bill = bill(video, answer);
			Charge charge = charge(video, task, answer.toString());
			assertThat(charge.excess()).as("%s", video).isEqualTo(Money.ZERO);
			assertThat(charge.amount().amount()).as("%s: %s", video, charge.explanation()).isEqualByComparingTo(bill);
			billed = billed.add(bill);
			charged = charged.plus(charge.amount());
		}
		assertThat(charged.amount()).isEqualByComparingTo(billed).isGreaterThan(BigDecimal.valueOf(TASKS));
	}

	/** The simulator's task at its end. */
	private static Task made(Video video) {
		Synthesis synthesis = Synthesis.of(JsonFields.parse(video.upstreamRequest().getBytes(StandardCharsets.UTF_8)));
		Task task = TaskPlanner.plan(synthesis, Directives.inPrompt(synthesis.prompt()).twists(), TIMINGS,
				Instant.EPOCH, Instant.EPOCH);
		return new Task(task.id(), task.requestId(), task.model(), task.prompt(), task.video(), task.directives(),
				task.createdAt(), task.startsAt(), task.endsAt(), task.failure(), null, Task.Status.SUCCEEDED);
	}

	/**
	 * What the simulator says that it bills; where it is silent, the seconds asked for.
	 */
	private static BigDecimal bill(Video video, JsonNode answer) {
		BigDecimal seconds = answer.has("usage") ? new BigDecimal(answer.at("/usage/duration").asString())
				: BigDecimal.valueOf(video.seconds());
		return seconds.multiply(new BigDecimal(LIST.get(video.tier() + " " + video.sound())));
	}

	private Charge charge(Video video, Task task, String answer) {
		GenerationSpec spec = RequestReading.read(video.request()).spec();
		Quote quote = this.prices.quote(spec, this.clock.instant());
		TaskStatus.Succeeded succeeded = (TaskStatus.Succeeded) AnswerReading.status(task.id().toString(), answer);
		Usage usage = succeeded.usage();
		return quote
			.charge(new BilledSeconds(usage.duration(), usage.inputVideoDuration(), usage.outputVideoDuration()));
	}

	/**
	 * A video that somebody wants.
	 *
	 * @param references what it refers to; none if it is made from an image
	 */
	private record Video(List<String> references, int seconds, int tier, boolean sound, String prompt) {

		private static final List<String> TWISTS = List.of(" [[sim:no-usage]]", " [[sim:string-numbers]]");

		static Video any(Random random) {
			int references = random.nextInt(6);
			int videos = random.nextInt(Math.min(references, 3) + 1);
			List<Integer> lengths = (references > 0) ? List.of(5, 10) : List.of(5, 10, 15);
			return new Video(
					IntStream.range(0, references)
						.mapToObj((i) -> (i < videos) ? file(random) : image(random))
						.toList(),
					lengths.get(random.nextInt(lengths.size())), random.nextBoolean() ? 720 : 1080,
					random.nextBoolean(), "A cat" + ((random.nextInt(20) == 0) ? TWISTS.get(random.nextInt(2)) : ""));
		}

		/** A video from 1 to 30 s, most about as long as the caps. */
		private static String file(Random random) {
			BigDecimal length = BigDecimal
				.valueOf(random.nextBoolean() ? random.nextInt(1000, 6000) : random.nextInt(1000, 30_001), 3);
			return switch (random.nextInt(3)) {
				case 0 -> "https://media.example.com/a-%ss.mp4".formatted(length);
				case 1 -> "https://media.example.com/a.mov?seconds=" + length;
				default -> "https://media.example.com/a?seconds=" + length;
			};
		}

		private static String image(Random random) {
			return "https://media.example.com/a" + (random.nextBoolean() ? ".webp" : "?kind=image");
		}

		/** As a team asks the gateway for it. */
		String request() {
			String media = this.references.isEmpty() ? "\"image_urls\": [\"https://media.example.com/a.png\"]"
					: "\"metadata\": {\"reference_urls\": %s}".formatted(urls());
			return """
					{"model": "wan2.6-flash", "prompt": "%s", %s, "resolution": "%dp", "duration": %d, "audio": %s}"""
				.formatted(this.prompt, media, this.tier, this.seconds, this.sound);
		}

		/** As DashScope is asked for it. */
		String upstreamRequest() {
			if (this.references.isEmpty()) {
				return """
						{"model": "wan2.6-i2v-flash",
						 "input": {"prompt": "%s", "img_url": "https://media.example.com/a.png"},
						 "parameters": {"resolution": "%dP", "duration": %d, "audio": %s}}""".formatted(this.prompt,
						this.tier, this.seconds, this.sound);
			}
			return """
					{"model": "wan2.6-r2v-flash", "input": {"prompt": "%s", "reference_urls": %s},
					 "parameters": {"size": "%s", "duration": %d, "audio": %s}}""".formatted(this.prompt, urls(),
					(this.tier == 720) ? "1280*720" : "1920*1080", this.seconds, this.sound);
		}

		private String urls() {
			return this.references.stream().map((url) -> "\"" + url + "\"").collect(Collectors.joining(", ", "[", "]"));
		}

	}

}
