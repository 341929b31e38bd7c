package io.wangateway.generation;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import io.wangateway.team.Signatures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A video from the request to the bill, through the sandbox: everything real but Alibaba.
 */
@GatewayTest
class GenerationJourneyTests {

	private static final String SCENARIO_1 = """
			{"model":"wan2.6-flash","image_urls":["https://example.com/photo.jpg"],"prompt":"The person comes alive and smiles","resolution":"1080p","duration":5,"audio":true}""";

	private static final String SCENARIO_2 = """
			{"model":"wan2.6-flash","image_urls":["https://example.com/photo.jpg"],"resolution":"720p","duration":5,"audio":false}""";

	private static final String SCENARIO_3 = """
			{"model":"wan2.6-flash","prompt":"The character is watching a movie on the couch","metadata":{"reference_urls":["https://cdn.example.com/ref-character.mp4"]},"resolution":"1080p","duration":5,"audio":true}""";

	private static final String DEFAULTS = """
			{"model":"wan2.6-flash","image_urls":["https://example.com/photo.jpg"]}""";

	@Autowired
	private TestGateway gateway;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Signatures signatures;

	@Test
	void acceptedRequestIsAnsweredAtOnceWithSevenKeys() {
		JsonNode receipt = submit(sandboxKey(), SCENARIO_1);
		assertThat(receipt.propertyNames()).containsExactly("id", "object", "model", "status", "progress", "created_at",
				"metadata");
		assertThat(receipt.get("id").stringValue()).startsWith("video_");
		assertThat(receipt.get("object").stringValue()).isEqualTo("generation.task");
		assertThat(receipt.get("model").stringValue()).isEqualTo("wan2.6-flash");
		assertThat(receipt.get("status").stringValue()).isEqualTo("queued");
		assertThat(receipt.get("progress").intValue()).isZero();
		assertThat(receipt.get("created_at").isIntegralNumber()).isTrue();
		assertThat(receipt.get("metadata").isEmpty()).isTrue();
	}

	@Test
	void imageWithSoundCostsTwoFiftyAndCanBePlayed() throws Exception {
		String key = sandboxKey();
		JsonNode receipt = submit(key, SCENARIO_1);
		JsonNode task = ended(key, receipt);
		assertThat(task.get("status").stringValue()).isEqualTo("completed");
		assertThat(task.get("progress").intValue()).isEqualTo(100);
		assertThat(task.get("created_at")).isEqualTo(receipt.get("created_at"));
		assertThat(task.at("/usage/mode").stringValue()).isEqualTo("i2v");
		assertThat(task.at("/usage/cost").stringValue()).isEqualTo("2.50");
		assertThat(task.at("/usage/state").stringValue()).isEqualTo("charged");
		assertThat(task.at("/usage/explanation").stringValue())
			.isEqualTo("5 s × ¥0.50 (1080p, with sound, i2v) = ¥2.50");
		assertThat(task.at("/result/type").stringValue()).isEqualTo("video");
		assertThat(task.at("/result/data/0/format").stringValue()).isEqualTo("mp4");
		assertThat(task.get("expires_at").longValue()).isBetween(task.get("completed_at").longValue() + 86_400,
				task.get("completed_at").longValue() + 90_000);
		assertThat(task.has("error")).isFalse();
		assertThat(task.get("livemode").booleanValue()).isFalse();

		HttpResponse<byte[]> video = fetch(task.at("/result/data/0/url").stringValue());
		assertThat(video.statusCode()).isEqualTo(200);
		assertThat(video.headers().firstValue("Content-Type")).hasValue("video/mp4");
		assertThat(new String(video.body(), 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ftyp");
	}

	@Test
	void silentImageWithoutPromptCostsHalfAtHalfTheSize() {
		String key = sandboxKey();
		JsonNode task = ended(key, submit(key, SCENARIO_2));
		assertThat(task.at("/usage/cost").stringValue()).isEqualTo("0.75");
		assertThat(simulated(task).sound()).isFalse();
		assertThat(simulated(task).tier()).isEqualTo(720);
		assertThat(simulated(task).model()).isEqualTo("wan2.6-i2v-flash");
	}

	@Test
	void referenceVideoIsEstimatedByItsSecondsAndChargedByThoseThatUpstreamBilled() {
		String key = sandboxKey();
		JsonNode receipt = submit(key, SCENARIO_3);
		JsonNode held = task(key, receipt);
		assertThat(held.at("/usage/estimated_cost").stringValue()).isEqualTo("2.50");
		assertThat(held.at("/usage/maximum_cost").stringValue()).isEqualTo("5.00");
		assertThat(receipt.get("model").stringValue()).isEqualTo("wan2.6-flash");
		JsonNode task = ended(key, receipt);
		assertThat(task.at("/usage/mode").stringValue()).isEqualTo("r2v");
		assertThat(task.at("/usage/billed_seconds").decimalValue()).isEqualByComparingTo("10");
		assertThat(task.at("/usage/cost").stringValue()).isEqualTo("5.00");
		assertThat(task.at("/usage/explanation").stringValue())
			.isEqualTo("10 s (5 s reference + 5 s video) × ¥0.50 (1080p, with sound, r2v) = ¥5.00");
		assertThat(simulated(task).model()).isEqualTo("wan2.6-r2v-flash");
	}

	@Test
	void whatIsNotSaidIsFilledInBeforeItIsPricedAndSent() {
		String key = sandboxKey();
		JsonNode task = task(key, submit(key, DEFAULTS));
		assertThat(task.at("/usage/estimated_cost").stringValue()).isEqualTo("2.50");
		assertThat(task.at("/usage/resolution").stringValue()).isEqualTo("1080p");
		assertThat(task.at("/usage/duration").intValue()).isEqualTo(5);
		assertThat(task.at("/usage/audio").booleanValue()).isTrue();
		assertThat(task.at("/request/watermark").booleanValue()).isFalse();
		assertThat(task.at("/usage/state").stringValue()).isEqualTo("held");
	}

	@Test
	void everyStepIsInTheTimelineAndTheBooksBalance() {
		String key = sandboxKey();
		JsonNode task = ended(key, submit(key, SCENARIO_1));
		GenerationId id = GenerationId.parse(task.get("id").stringValue()).orElseThrow();
		assertThat(this.jdbc.sql("select to_state from generation_step where generation_id = :id order by id")
			.param("id", id.value())
			.query(String.class)
			.list()).containsExactly("SUBMITTING", "SUBMITTED", "RUNNING", "SUCCEEDED");
		assertThat(entries(id)).containsExactly("hold 2.5", "charge 2.5");
	}

	@Test
	void failedTaskCostsNothingAndSaysWhy() {
		String key = sandboxKey();
		JsonNode task = ended(key, submit(key,
				"""
						{"model":"wan2.6-flash","image_urls":["https://example.com/photo.jpg"],"prompt":"[[sim:fail=DataInspectionFailed]]"}"""));
		assertThat(task.get("status").stringValue()).isEqualTo("failed");
		assertThat(task.at("/error/code").stringValue()).isEqualTo("content_policy_violation");
		assertThat(task.at("/error/upstream_code").stringValue()).isEqualTo("DataInspectionFailed");
		assertThat(task.has("result")).isFalse();
		assertThat(task.at("/usage/cost").stringValue()).isEqualTo("0.00");
		assertThat(task.at("/usage/state").stringValue()).isEqualTo("released");
		assertThat(entries(GenerationId.parse(task.get("id").stringValue()).orElseThrow())).containsExactly("hold 2.5",
				"release 2.5");
	}

	@ParameterizedTest
	@CsvSource({ "720p, true, 5, 1.50", "720p, true, 10, 3.00", "720p, true, 15, 4.50", "1080p, true, 5, 2.50",
			"1080p, true, 10, 5.00", "1080p, true, 15, 7.50", "720p, false, 5, 0.75", "720p, false, 10, 1.50",
			"720p, false, 15, 2.25", "1080p, false, 5, 1.25", "1080p, false, 10, 2.50", "1080p, false, 15, 3.75" })
	void dryRunPricesEachCellOfTheTableAndStoresNothing(String resolution, boolean audio, int duration, String cost) {
		String key = sandboxKey();
		JsonNode estimate = TestGateway.json(this.gateway.post(key, "/v1/videos/generations?dry_run=true",
				"""
						{"model":"wan2.6-flash","image_urls":["https://example.com/photo.jpg"],"resolution":"%s","audio":%s,"duration":%d}"""
					.formatted(resolution, audio, duration)));
		assertThat(estimate.get("object").stringValue()).isEqualTo("generation.estimate");
		assertThat(new BigDecimal(estimate.get("estimated_cost").stringValue())).isEqualTo(new BigDecimal(cost));
		assertThat(estimate.get("maximum_cost").stringValue()).isEqualTo(cost);
		assertThat(TestGateway.json(this.gateway.get(key, "/v1/videos/generations")).get("data").isEmpty()).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{"model":"wan2.6-flash","prompt":"only words"} | image_urls
					{"model":"wan2.6-flash"} | image_urls
					{"model":"wan2.6-flash","image_urls":["https://a.example/i.png"],"metadata":{"reference_urls":["https://a.example/v.mp4"]}} | metadata.reference_urls
					{"model":"wan2.6-flash","image_urls":["https://a.example/1.png","https://a.example/2.png"]} | image_urls
					{"model":"wan2.6-flash","image_urls":["data:image/png;base64,AAAA"]} | image_urls
					{"model":"wan2.6-flash","image_urls":["http://192.168.0.1/i.png"]} | image_urls
					{"model":"wan2.6-flash","image_urls":["/i.png"]} | image_urls
					{"model":"wan2.6-flash","image_urls":["https://a.example/i.png"],"duration":"5"} | duration
					{"model":"wan2.6-flash","image_urls":["https://a.example/i.png"],"duration":5.5} | duration
					{"model":"wan2.6-flash","image_urls":["https://a.example/i.png"],"duration":6} | duration
					{"model":"wan2.6-flash","image_urls":["https://a.example/i.png"],"resolution":"480p"} | resolution
					{"model":"wan2.6-flash","image_urls":["https://a.example/i.png"],"audio":"false"} | audio
					{"model":"wan2.6-flash","image_urls":["https://a.example/i.png"],"metadata":[]} | metadata
					{"model":"wan2.6-flash","image_urls":["https://a.example/i.png"],"aduio":false} | aduio
					{"image_urls":["https://a.example/i.png"]} | model
					""")
	void wrongRequestIsRefusedByNameAndNothingIsStoredOrHeld(String body, String param) {
		String team = this.gateway.team();
		String key = this.gateway.sandboxKey(team);
		this.gateway.post(key, "/v1/videos/generations", body)
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.error.type")
			.isEqualTo("invalid_request_error")
			.jsonPath("$.error.param")
			.value(String.class, (sent) -> assertThat(sent).startsWith(param));
		assertThat(this.jdbc.sql("select count(*) from generation where team_id = :team")
			.param("team", Integer.valueOf(team.substring("team_".length())))
			.query(Integer.class)
			.single()).isZero();
	}

	@Test
	void liveTaskWithoutACentralKeyIsRefusedBeforeAnythingIsStored() {
		String key = this.gateway.liveKey(this.gateway.team());
		this.gateway.post(key, "/v1/videos/generations", SCENARIO_1)
			.expectStatus()
			.isEqualTo(503)
			.expectBody()
			.jsonPath("$.error.code")
			.isEqualTo("upstream_not_configured");
		assertThat(TestGateway.json(this.gateway.get(key, "/v1/videos/generations")).get("data").isEmpty()).isTrue();
	}

	@Test
	void sameIdempotencyKeyBuysOneVideo() {
		String key = sandboxKey();
		JsonNode first = TestGateway.json(this.gateway.post(key, "/v1/videos/generations", SCENARIO_1, "order-1"));
		var replay = this.gateway.post(key, "/v1/videos/generations", SCENARIO_1, "order-1");
		replay.expectHeader().valueEquals("Idempotent-Replayed", "true");
		assertThat(TestGateway.json(replay)).isEqualTo(first);
		this.gateway.post(key, "/v1/videos/generations", SCENARIO_2, "order-1").expectStatus().isEqualTo(422);
		assertThat(TestGateway.json(this.gateway.get(key, "/v1/videos/generations")).get("data").size()).isOne();
	}

	@Test
	void taskIsFoundByTheTeamsOwnIdAndByNoOtherTeam() {
		String key = sandboxKey();
		String body = """
				{"model":"wan2.6-flash","image_urls":["https://example.com/photo.jpg"],"client_business_id":"order_456"}""";
		JsonNode receipt = submit(key, body);
		assertThat(receipt.get("client_business_id").stringValue()).isEqualTo("order_456");
		assertThat(TestGateway.json(this.gateway.get(key, "/v1/videos/generations/order_456")).get("id"))
			.isEqualTo(receipt.get("id"));
		this.gateway.post(key, "/v1/videos/generations", body)
			.expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.error.code")
			.isEqualTo("client_business_id_conflict");
		String other = sandboxKey();
		for (String id : List.of(receipt.get("id").stringValue(), "order_456")) {
			this.gateway.get(other, "/v1/videos/generations/" + id)
				.expectStatus()
				.isNotFound()
				.expectBody()
				.jsonPath("$.error.code")
				.isEqualTo("task_not_found");
		}
	}

	@Test
	void listIsReadPageByPage() {
		String key = sandboxKey();
		List<String> ids = List.of(submit(key, DEFAULTS), submit(key, DEFAULTS), submit(key, DEFAULTS))
			.stream()
			.map((receipt) -> receipt.get("id").stringValue())
			.toList();
		JsonNode first = TestGateway.json(this.gateway.get(key, "/v1/videos/generations?limit=2"));
		assertThat(first.get("object").stringValue()).isEqualTo("list");
		assertThat(first.get("has_more").booleanValue()).isTrue();
		assertThat(first.get("first_id").stringValue()).isEqualTo(ids.get(2));
		JsonNode second = TestGateway
			.json(this.gateway.get(key, "/v1/videos/generations?limit=2&after=" + first.get("last_id").stringValue()));
		assertThat(second.at("/data/0/id").stringValue()).isEqualTo(ids.get(0));
		assertThat(second.get("has_more").booleanValue()).isFalse();
	}

	@Test
	void forgedLinkOpensNothing() throws Exception {
		String key = sandboxKey();
		String url = ended(key, submit(key, DEFAULTS)).at("/result/data/0/url").stringValue();
		assertThat(fetch(url.replaceFirst("signature=.", "signature=")).statusCode()).isEqualTo(403);
		assertThat(fetch(url.replaceFirst("expires=\\d+", "expires=1")).statusCode()).isEqualTo(403);
	}

	@Test
	void linkOpensNothingAfterItsEnd() throws Exception {
		String key = sandboxKey();
		String url = ended(key, submit(key, DEFAULTS)).at("/result/data/0/url").stringValue();
		URI link = URI.create(url);
		long past = 1_768_380_224;
		String signature = this.signatures.sign("video\n" + link.getPath().substring("/files/".length()) + "\n" + past);
		HttpResponse<byte[]> answer = fetch(
				url.substring(0, url.indexOf('?')) + "?expires=" + past + "&signature=" + signature);
		assertThat(answer.statusCode()).isEqualTo(410);
		assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("video_expired");
	}

	private String sandboxKey() {
		return this.gateway.sandboxKey(this.gateway.team());
	}

	private JsonNode submit(String key, String body) {
		return TestGateway.json(this.gateway.post(key, "/v1/videos/generations", body));
	}

	private JsonNode task(String key, JsonNode receipt) {
		return TestGateway.json(this.gateway.get(key, "/v1/videos/generations/" + receipt.get("id").stringValue()));
	}

	private JsonNode ended(String key, JsonNode receipt) {
		return await().atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(200))
			.until(() -> task(key, receipt),
					(task) -> List.of("completed", "failed").contains(task.get("status").stringValue()));
	}

	private List<String> entries(GenerationId id) {
		return this.jdbc.sql("""
				select kind || ' ' || trim_scale(amount) from ledger_entry where generation_id = :id order by id""")
			.param("id", id.value())
			.query((row, _) -> row.getString(1))
			.list();
	}

	private Simulated simulated(JsonNode task) {
		return this.jdbc.sql("""
				select t.model, t.tier, t.sound
				  from dashscope_simulator.task t
				  join generation g on g.upstream_task_id = t.id::text
				 where g.id = :id""")
			.param("id", GenerationId.parse(task.get("id").stringValue()).orElseThrow().value())
			.query((row, _) -> new Simulated(row.getString("model"), row.getInt("tier"), row.getBoolean("sound")))
			.single();
	}

	private static HttpResponse<byte[]> fetch(String url) throws Exception {
		try (HttpClient http = HttpClient.newHttpClient()) {
			return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
		}
	}

	/** A task as the simulator has it. */
	private record Simulated(String model, int tier, boolean sound) {
	}

}
