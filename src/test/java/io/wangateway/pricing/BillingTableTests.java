package io.wangateway.pricing;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import io.wangateway.catalogue.Catalogue;
import io.wangateway.catalogue.GenerationSpec;
import io.wangateway.catalogue.Mode;
import io.wangateway.catalogue.Resolution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the running gateway reckons as the tables in {@code docs/billing.md} say.
 */
@GatewayTest
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

	@Autowired
	Prices prices;

	@Autowired
	Catalogue catalogue;

	@Autowired
	Clock clock;

	@Test
	void tablesAreThere() throws IOException {
		assertThat(cells()).hasSize(12);
		assertThat(references()).hasSize(20);
	}

	@ParameterizedTest
	@MethodSource("cells")
	void imageVideoCostsWhatTheTableSays(Cell cell) {
		JsonNode estimate = dryRun("""
				{"model":"wan2.6-flash","image_urls":["https://example.com/photo.jpg"],"duration":%d,"resolution":"%s",\
				"audio":%s}""".formatted(cell.seconds(), cell.resolution(), cell.audio()));
		assertThat(estimate.get("unit_price").stringValue()).isEqualTo(cell.unitPrice());
		assertThat(estimate.get("estimated_cost").stringValue()).isEqualTo(cell.cost());
		assertThat(estimate.get("maximum_cost").stringValue()).isEqualTo(cell.cost());
	}

	@ParameterizedTest
	@MethodSource("references")
	void referenceVideoCostsWhatTheTableSays(ReferenceRow row) {
		JsonNode estimate = dryRun(
				"""
						{"model":"wan2.6-flash","metadata":{"reference_urls":[%s]},"duration":%d,"resolution":"%s","audio":%s}"""
					.formatted(row.urls(), row.seconds(), row.resolution(), row.audio()));
		assertThat(estimate.get("estimated_cost").stringValue()).isEqualTo(row.estimate());
		assertThat(estimate.get("maximum_cost").stringValue()).isEqualTo(row.hold());
		BigDecimal counted = row.countedByAlibaba();
		assertThat(counted).isEqualByComparingTo(row.counted());
		BigDecimal output = BigDecimal.valueOf(row.seconds());
		Charge charge = this.prices.quote(spec(row), this.clock.instant())
			.charge(new BilledSeconds(output.add(counted), counted, output));
		assertThat(charge.amount()).hasToString(row.charge());
		assertThat(charge.excess()).isEqualTo(Money.ZERO);
	}

	private GenerationSpec spec(ReferenceRow row) {
		long possibleVideos = row.references().stream().filter((reference) -> !reference.equals("image")).count();
		BigDecimal mostInputSeconds = this.catalogue.upstream("wan2.6-r2v-flash")
			.orElseThrow()
			.references()
			.mostSeconds(row.references().size(), (int) possibleVideos);
		return new GenerationSpec("wan2.6-flash", Mode.R2V, "wan2.6-r2v-flash", Resolution.of(row.resolution()),
				row.seconds(), row.audio(), mostInputSeconds);
	}

	private JsonNode dryRun(String body) {
		String key = this.gateway.sandboxKey(this.gateway.team());
		return TestGateway.json(this.gateway.post(key, "/v1/videos/generations?dry_run=true", body));
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
	}

	/**
	 * One of the twenty rows for a video from references, each such as {@code video 3}.
	 */
	record ReferenceRow(List<String> references, int seconds, String resolution, boolean audio, String estimate,
			String hold, BigDecimal counted, String charge) {

		String urls() {
			return this.references.stream().map(ReferenceRow::url).collect(Collectors.joining(","));
		}

		private static String url(String reference) {
			return "\"https://example.com/a%s\"".formatted(switch (reference.split(" ", -1)[0]) {
				case "video" -> ".mp4";
				case "image" -> ".png";
				default -> "";
			});
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
