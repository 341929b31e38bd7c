package io.wangateway.pricing;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that the running gateway reckons as the tables in {@code docs/billing.md} say:
 * each row is asked for, made by the sandbox's simulator, and paid for.
 */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BillingTableTests {

	/**
	 * Alibaba's own rule, apart from the catalogue: seconds counted of each video by the
	 * number of references.
	 */
	private static final List<BigDecimal> CAPS = Stream.of("5", "2.5", "1.65", "1.25", "1")
		.map(BigDecimal::new)
		.toList();

	@Autowired
	TestGateway gateway;

	private final Map<Object, String> ids = new HashMap<>();

	private String key = "";

	/** All at once, so that they are made while the first are looked at. */
	@BeforeAll
	void askForEachRow() throws IOException {
		this.key = this.gateway.sandboxKey(this.gateway.team());
		cells().forEach((cell) -> this.ids.put(cell, submit(cell.body())));
		references().forEach((row) -> this.ids.put(row, submit(row.body())));
	}

	@Test
	void tablesAreThere() throws IOException {
		assertThat(cells()).hasSize(12);
		assertThat(references()).hasSize(20);
	}

	@ParameterizedTest
	@MethodSource("cells")
	void imageVideoCostsWhatTheTableSays(Cell cell) {
		JsonNode usage = completed(cell).get("usage");
		assertThat(usage.get("unit_price").stringValue()).isEqualTo(cell.unitPrice());
		assertThat(usage.get("estimated_cost").stringValue()).isEqualTo(cell.cost());
		assertThat(usage.get("maximum_cost").stringValue()).isEqualTo(cell.cost());
		assertThat(usage.get("billed_seconds").decimalValue()).isEqualByComparingTo(String.valueOf(cell.seconds()));
		assertThat(usage.get("cost").stringValue()).isEqualTo(cell.cost());
	}

	@ParameterizedTest
	@MethodSource("references")
	void referenceVideoCostsWhatTheTableSays(ReferenceRow row) {
		JsonNode usage = completed(row).get("usage");
		assertThat(row.countedByAlibaba()).isEqualByComparingTo(row.counted());
		assertThat(usage.get("estimated_cost").stringValue()).isEqualTo(row.estimate());
		assertThat(usage.get("maximum_cost").stringValue()).isEqualTo(row.hold());
		assertThat(usage.get("billed_seconds").decimalValue())
			.isEqualByComparingTo(row.counted().add(BigDecimal.valueOf(row.seconds())));
		assertThat(usage.get("cost").stringValue()).isEqualTo(row.charge());
	}

	private String submit(String body) {
		return TestGateway.json(this.gateway.post(this.key, "/v1/videos/generations", body)).get("id").stringValue();
	}

	private JsonNode completed(Object row) {
		String path = "/v1/videos/generations/" + this.ids.get(row);
		JsonNode task = await().atMost(Duration.ofMinutes(2))
			.pollInterval(Duration.ofMillis(200))
			.until(() -> TestGateway.json(this.gateway.get(this.key, path)),
					(read) -> List.of("completed", "failed").contains(read.get("status").stringValue()));
		assertThat(task.get("status").stringValue()).isEqualTo("completed");
		return task;
	}

	private static List<Cell> cells() throws IOException {
		return table("| resolution |").stream()
			.flatMap((row) -> IntStream.range(0, 3)
				.mapToObj(
						(i) -> new Cell(row.get(0), row.get(1).equals("on"), row.get(2), 5 * (i + 1), row.get(3 + i))))
			.toList();
	}

	private static List<ReferenceRow> references() throws IOException {
		return table("| references | asked |").stream()
			.map((row) -> new ReferenceRow(List.of(row.get(0).split(", ", -1)), Integer.parseInt(row.get(1)),
					row.get(2), row.get(3).equals("on"), row.get(4), row.get(5), new BigDecimal(row.get(6)),
					row.get(7)))
			.toList();
	}

	/** Return the rows of the table that begins with a line. */
	private static List<List<String>> table(String heading) throws IOException {
		return Files.readAllLines(Path.of("docs/billing.md"))
			.stream()
			.dropWhile((line) -> !line.startsWith(heading))
			.takeWhile((line) -> line.startsWith("|"))
			.skip(2)
			.map((line) -> Arrays.stream(line.split("\\|", -1)).map(String::strip).skip(1).toList())
			.toList();
	}

	/** One of the twelve figures for a video from an image. */
	record Cell(String resolution, boolean audio, String unitPrice, int seconds, String cost) {

		String body() {
			return """
					{"model":"wan2.6-flash","image_urls":["https://example.com/photo.jpg"],"duration":%d,\
					"resolution":"%s","audio":%s}""".formatted(this.seconds, this.resolution, this.audio);
		}

	}

	/**
	 * One of the twenty rows for a video from references, each such as {@code video 3}.
	 */
	record ReferenceRow(List<String> references, int seconds, String resolution, boolean audio, String estimate,
			String hold, BigDecimal counted, String charge) {

		String body() {
			String urls = this.references.stream().map(ReferenceRow::url).collect(Collectors.joining(","));
			return """
					{"model":"wan2.6-flash","metadata":{"reference_urls":[%s]},"duration":%d,"resolution":"%s",\
					"audio":%s}""".formatted(urls, this.seconds, this.resolution, this.audio);
		}

		/** The simulator takes from the query what the gateway can't see. */
		private static String url(String reference) {
			String[] words = reference.split(" ", -1);
			String file = switch (words[0]) {
				case "video" -> "a.mp4";
				case "image" -> "a.png";
				default -> "a";
			};
			String query = reference.equals("unknown image") ? "?kind=image"
					: (words.length > 1) ? "?seconds=" + words[1] : "";
			return "\"https://example.com/%s%s\"".formatted(file, query);
		}

		BigDecimal countedByAlibaba() {
			BigDecimal cap = CAPS.get(this.references.size() - 1);
			return this.references.stream()
				.filter((reference) -> !reference.endsWith("image"))
				.map((reference) -> new BigDecimal(reference.split(" ", -1)[1]).min(cap))
				.reduce(BigDecimal.ZERO, BigDecimal::add);
		}

	}

}
