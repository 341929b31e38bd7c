package io.wangateway.sandbox;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

import io.wangateway.MutableClock;
import io.wangateway.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static io.wangateway.sandbox.TestSimulator.json;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests a task's life, and what is refused on the way. */
class TaskRoutesTests {

	private static final MutableClock clock = TestSimulator.clock();

	private static final TestSimulator simulator = new TestSimulator(TestDatabase.create(), clock);

	@AfterAll
	static void close() {
		simulator.close();
	}

	@BeforeEach
	void startAfresh() {
		clock.advance(Duration.ofMinutes(1));
		simulator.reset();
	}

	@Test
	void imageBecomesAVideo() {
		clock.set(Instant.parse("2030-01-01T16:00:00Z"));
		HttpResponse<String> created = simulator.create("""
				{"model":"wan2.6-i2v-flash",
				 "input":{"prompt":"A cat turns its head","negative_prompt":"blur","extend_prompt":true,
				          "img_url":"https://example.com/photo.jpg","audio_url":"https://example.com/purr.mp3"},
				 "parameters":{"resolution":"720P","duration":5,"prompt_extend":true,"shot_type":"single","audio":true,
				               "watermark":false,"seed":12345,"with_audio":false}}""");
		assertThat(created.statusCode()).isEqualTo(200);
		assertThat(json(created).at("/output/task_status").asString()).isEqualTo("PENDING");
		assertThat(json(created).at("/request_id").asString()).hasSize(36);
		String id = json(created).at("/output/task_id").asString();

		JsonNode pending = simulator.task(id).get("output");
		assertThat(pending.get("task_status").asString()).isEqualTo("PENDING");
		assertThat(pending.get("submit_time").asString()).isEqualTo("2030-01-02 00:00:00.000");
		assertThat(pending.has("scheduled_time")).isFalse();

		clock.advance(Duration.ofSeconds(1));
		JsonNode running = simulator.task(id).get("output");
		assertThat(running.get("task_status").asString()).isEqualTo("RUNNING");
		assertThat(running.get("scheduled_time").asString()).isEqualTo("2030-01-02 00:00:01.000");
		assertThat(running.has("end_time")).isFalse();

		clock.advance(Duration.ofSeconds(4));
		JsonNode answer = simulator.task(id);
		JsonNode output = answer.get("output");
		assertThat(output.get("task_status").asString()).isEqualTo("SUCCEEDED");
		assertThat(output.get("end_time").asString()).isEqualTo("2030-01-02 00:00:05.000");
		assertThat(output.get("orig_prompt").asString()).isEqualTo("A cat turns its head");
		assertThat(output.get("video_url").asString()).contains("/videos/" + id + ".mp4?Expires=");
		assertThat(answer.get("usage")).hasToString("""
				{"duration":5,"input_video_duration":0,"output_video_duration":5,"video_count":1,"SR":720}""");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			"a.mp4"                                          | 10.0 | 5
			"a-3s.mp4"                                       | 8.0  | 3
			"a-12s.mp4"                                      | 10.0 | 5
			"a.mov?seconds=4.2&x=1"                          | 9.2  | 4.2
			"a.png"                                          | 5.0  | 0
			"a.mp4","b.PNG"                                  | 7.5  | 2.5
			"a.png","b-12s.mp4","c-1.5s.mp4"                 | 8.15 | 3.15
			"a-1s.mp4","b.webp","c.mp4","d.jpeg"             | 7.25 | 2.25
			"a.mp4","b.mp4","c.mp4","d.bmp","e.jpg"          | 8.0  | 3
			""")
	void referenceVideosAreBilledUpToTheirCap(String references, String billed, String input) {
		String urls = references.replaceAll("\"([^\"]+)\"", "\"https://cdn.example.com/$1\"");
		HttpResponse<String> created = simulator.create("""
				{"model":"wan2.6-r2v-flash","input":{"prompt":"character1 waves","reference_urls":[%s]},
				 "parameters":{"size":"832*1088","duration":5,"audio":false}}""".formatted(urls));
		clock.advance(Duration.ofSeconds(5));
		JsonNode usage = simulator.task(json(created).at("/output/task_id").asString()).get("usage");
		assertThat(usage).hasToString("""
				{"duration":%s,"input_video_duration":%s,"output_video_duration":5,"video_count":1,"SR":720,\
				"size":"832*1088"}""".formatted(billed, input));
	}

	@Test
	void silentDefaultsAreTheDearest() {
		HttpResponse<String> created = simulator
			.create("""
					{"model":"wan2.6-r2v-flash","input":{"prompt":"p","reference_video_urls":["oss://a","https://b.c/d"]}}""");
		assertThat(created.statusCode()).isEqualTo(400);
		created = simulator.create("""
				{"model":"wan2.6-r2v-flash","input":{"prompt":"p","reference_urls":["https://b.c/d.png"]}}""");
		clock.advance(Duration.ofSeconds(5));
		JsonNode usage = simulator.task(json(created).at("/output/task_id").asString()).get("usage");
		assertThat(usage.get("size").asString()).isEqualTo("1920*1080");
		assertThat(usage.get("output_video_duration").intValue()).isEqualTo(5);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					not JSON                                                                      | 400 | InvalidParameter
					[]                                                                            | 400 | InvalidParameter
					{"input":{"img_url":"https://a.b/c"}}                                         | 400 | BadRequest.EmptyModel
					{"model":"wan2.6-i2v-flash"}                                                  | 400 | BadRequest.EmptyInput
					{"model":"wan9","input":{}}                                                   | 404 | ModelNotFound
					{"model":"wan2.6-i2v-flash","input":{"prompt":"p"}}                           | 400 | InvalidParameter
					{"model":"wan2.6-i2v-flash","input":{"img_url":"file:///a.png"}}              | 400 | InvalidURL
					{"model":"wan2.6-i2v-flash","input":{"img_url":"iVBORw0KGgo="}}               | 400 | InvalidURL
					{"model":"wan2.6-r2v-flash","input":{"reference_urls":["https://a.b/c"]}}     | 400 | InvalidParameter
					{"model":"wan2.6-r2v-flash","input":{"prompt":"p"}}                           | 400 | InvalidParameter
					{"model":"wan2.6-r2v-flash","input":{"prompt":"p","reference_urls":[]}}       | 400 | InvalidParameter
					{"model":"wan2.6-r2v-flash","input":{"prompt":"p","reference_urls":"https"}}  | 400 | InvalidParameter
					{"model":"wan2.6-r2v-flash","input":{"prompt":"[[sim:?]]","reference_urls":["https://a.b/c"]}} | 400 | InvalidParameter
					""")
	void malformedRequestIsRefused(String body, int status, String code) {
		HttpResponse<String> answer = simulator.create(body);
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(json(answer).get("code").asString()).isEqualTo(code);
		assertThat(json(answer).get("message").asString()).isNotEmpty();
		assertThat(json(answer).get("request_id").asString()).hasSize(36);
		assertThat(simulator.created()).isZero();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			wan2.6-i2v-flash | "duration":1
			wan2.6-i2v-flash | "duration":16
			wan2.6-i2v-flash | "duration":5.5
			wan2.6-i2v-flash | "duration":"5"
			wan2.6-i2v-flash | "resolution":"480P"
			wan2.6-i2v-flash | "resolution":"720p"
			wan2.6-i2v-flash | "seed":-1
			wan2.6-i2v-flash | "seed":2147483648
			wan2.6-i2v-flash | "audio":"false"
			wan2.6-i2v-flash | "watermark":0
			wan2.6-i2v-flash | "shot_type":"both"
			wan2.6-r2v-flash | "duration":11
			wan2.6-r2v-flash | "size":"720P"
			wan2.6-r2v-flash | "size":"1280x720"
			""")
	void parameterOutOfItsRangeIsRefused(String model, String parameter) {
		HttpResponse<String> answer = simulator
			.create("""
					{"model":"%s","input":{"prompt":"p","img_url":"https://a.b/c.png","reference_urls":["https://a.b/c.png"]},
					 "parameters":{%s}}"""
				.formatted(model, parameter));
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(json(answer).get("code").asString()).isEqualTo("InvalidParameter");
	}

	@Test
	void moreReferencesThanAllowedAreRefused() {
		String image = "\"https://a.b/c.png\"";
		String video = "\"https://a.b/c.mp4\"";
		String sixImages = String.join(",", image, image, image, image, image, image);
		String fourVideos = String.join(",", video, video, video, video);
		for (String references : new String[] { sixImages, fourVideos }) {
			HttpResponse<String> answer = simulator.create("""
					{"model":"wan2.6-r2v-flash","input":{"prompt":"p","reference_urls":[%s]}}""".formatted(references));
			assertThat(answer.statusCode()).isEqualTo(400);
		}
	}

	@Test
	void promptIsCutWithoutAWord() {
		String id = simulator.animate("x".repeat(1501));
		clock.advance(Duration.ofSeconds(5));
		assertThat(simulator.task(id).at("/output/orig_prompt").asString()).isEqualTo("x".repeat(1500));
	}

	@Test
	void synchronousCallIsRefused() {
		HttpResponse<String> answer = simulator.send(simulator.creation("{}"));
		assertThat(answer.statusCode()).isEqualTo(403);
		assertThat(json(answer).get("code").asString()).isEqualTo("AccessDenied");
	}

	@Test
	void keyIsRequiredEverywhere() {
		for (String path : new String[] { "/tasks/x", "/tasks", "/uploads", "/nowhere" }) {
			HttpResponse<String> without = simulator.send(HttpRequest.newBuilder(simulator.api(path)));
			assertThat(without.statusCode()).isEqualTo(401);
			assertThat(json(without).get("code").asString()).isEqualTo("InvalidApiKey");
			assertThat(json(without).get("message").asString()).isEqualTo("No API-key provided.");
			HttpResponse<String> wrong = simulator
				.send(HttpRequest.newBuilder(simulator.api(path)).header("Authorization", "Bearer sk-no"));
			assertThat(wrong.statusCode()).isEqualTo(401);
			assertThat(json(wrong).get("message").asString()).isEqualTo("Invalid API-key provided.");
		}
		assertThat(simulator.get("/nowhere").statusCode()).isEqualTo(404);
	}

	@Test
	void strangersTaskIsUnknown() {
		for (String id : new String[] { "00000000-0000-0000-0000-000000000000", "no-uuid" }) {
			HttpResponse<String> answer = simulator.query(id);
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(json(answer).get("output")).hasToString("""
					{"task_id":"%s","task_status":"UNKNOWN"}""".formatted(id));
		}
	}

	@Test
	void taskIsForgottenAfterADay() {
		String id = simulator.animate("p");
		clock.advance(Duration.ofDays(1).minusSeconds(1));
		assertThat(simulator.task(id).at("/output/task_status").asString()).isEqualTo("SUCCEEDED");
		clock.advance(Duration.ofSeconds(1));
		assertThat(simulator.task(id).at("/output/task_status").asString()).isEqualTo("UNKNOWN");
		assertThat(json(simulator.get("/tasks")).get("total").intValue()).isZero();
	}

	@Test
	void onlyPendingTaskCanBeCancelled() {
		String pending = simulator.animate("p");
		assertThat(simulator.cancel(pending).statusCode()).isEqualTo(200);
		JsonNode cancelled = simulator.task(pending).get("output");
		assertThat(cancelled.get("task_status").asString()).isEqualTo("CANCELED");
		assertThat(cancelled.has("end_time")).isTrue();

		String running = simulator.animate("p");
		clock.advance(Duration.ofSeconds(1));
		for (String id : new String[] { running, pending, "unheard-of" }) {
			HttpResponse<String> refused = simulator.cancel(id);
			assertThat(refused.statusCode()).isEqualTo(400);
			assertThat(json(refused).get("code").asString()).isEqualTo("UnsupportedOperation");
		}
		clock.advance(Duration.ofSeconds(4));
		assertThat(simulator.task(running).at("/output/task_status").asString()).isEqualTo("SUCCEEDED");
	}

	@Test
	void oversizedBodyIsRefused() {
		HttpResponse<String> answer = simulator.create("{\"model\":\"" + "x".repeat(16 << 20) + "\"}");
		assertThat(answer.statusCode()).isEqualTo(413);
	}

}
