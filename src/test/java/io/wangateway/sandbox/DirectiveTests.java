package io.wangateway.sandbox;

import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

import io.wangateway.MutableClock;
import io.wangateway.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static io.wangateway.sandbox.TestSimulator.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** Tests that each directive does what it says. */
class DirectiveTests {

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

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			429                       | 429 | Throttling.RateQuota   | 0
			503                       | 503 | ModelUnavailable       | 0
			500-before                | 500 | InternalError          | 0
			500-after                 | 500 | InternalError          | 1
			refuse=Arrearage          | 400 | Arrearage              | 0
			refuse=InvalidApiKey      | 401 | InvalidApiKey          | 0
			refuse=NOT AUTHORIZED     | 401 | NOT AUTHORIZED         | 0
			refuse=Model.AccessDenied | 403 | Model.AccessDenied     | 0
			refuse=Throttling.BurstRate | 429 | Throttling.BurstRate | 0
			refuse=InternalError.Algo | 500 | InternalError.Algo     | 0
			refuse=404:Odd            | 404 | Odd                    | 0
			""")
	void submissionIsRefused(String directive, int status, String code, int created) {
		HttpResponse<String> answer = submit("[[sim:" + directive + "]]");
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(json(answer).get("code").asString()).isEqualTo(code);
		assertThat(simulator.created()).isEqualTo(created);
	}

	@ParameterizedTest
	@CsvSource({ "503-html, 0", "503-html-after, 1" })
	void proxyAnswersInHtml(String directive, int created) {
		HttpResponse<String> answer = submit("[[sim:" + directive + "]]");
		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html");
		assertThat(answer.body()).startsWith("<html>");
		assertThat(simulator.created()).isEqualTo(created);
	}

	@ParameterizedTest
	@CsvSource({ "reset, 0", "lost-answer, 1", "truncated, 1" })
	void connectionIsCut(String directive, int created) {
		assertThatIOException()
			.isThrownBy(() -> simulator
				.trySend(simulator.creation(body("[[sim:" + directive + "]]")).header("X-DashScope-Async", "enable")))
			.isNotInstanceOf(HttpTimeoutException.class);
		assertThat(simulator.created()).isEqualTo(created);
	}

	@ParameterizedTest
	@CsvSource({ "hang, 1", "hang-before, 0", "slow=20, 1" })
	void answerDoesNotComeInTime(String directive, int created) {
		assertThatExceptionOfType(HttpTimeoutException.class)
			.isThrownBy(() -> simulator.trySend(simulator.creation(body("[[sim:" + directive + "]]"))
				.header("X-DashScope-Async", "enable")
				.timeout(Duration.ofMillis(500))));
		assertThat(simulator.created()).isEqualTo(created);
	}

	@Test
	void answerComesBitByBit() {
		CompletableFuture<HttpResponse<String>> answer = simulator
			.sendAsync(simulator.creation(body("[[sim:drip]]")).header("X-DashScope-Async", "enable"));
		assertThat(answer).failsWithin(Duration.ofMillis(1500)).withThrowableOfType(TimeoutException.class);
		answer.cancel(true);
		assertThat(simulator.created()).isOne();
	}

	@Test
	void answerComesLate() {
		long before = System.nanoTime();
		assertThat(submit("[[sim:slow=0.3]]").statusCode()).isEqualTo(200);
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(300));
	}

	@Test
	void answerIsUnusable() {
		HttpResponse<String> notJson = submit("[[sim:bad-json]]");
		assertThat(notJson.statusCode()).isEqualTo(200);
		assertThat(notJson.body()).isEqualTo("{\"output\":{\"task_id\":");
		HttpResponse<String> withoutId = submit("[[sim:empty]]");
		assertThat(withoutId.statusCode()).isEqualTo(200);
		assertThat(json(withoutId).propertyNames()).containsExactly("request_id");
		assertThat(submit("[[sim:huge=2]]").body()).hasSizeGreaterThan(2 << 20);
		assertThat(simulator.created()).isEqualTo(3);
	}

	@Test
	void countedMishapStopsBeingOne() {
		String prompt = "p [[sim:429*2]]";
		assertThat(IntStream.range(0, 4).map((number) -> submit(prompt).statusCode())).containsExactly(429, 429, 200,
				200);
		assertThat(submit("other " + prompt).statusCode()).isEqualTo(429);
	}

	@Test
	void mishapsBefallQueriesToo() {
		String id = simulator.animate("[[sim:poll-429*1]] [[sim:poll-503-html*2]] [[sim:cancel-500-after]]");
		assertThat(IntStream.range(0, 4).map((number) -> simulator.query(id).statusCode())).containsExactly(429, 503,
				503, 200);
		assertThat(simulator.cancel(id).statusCode()).isEqualTo(500);
		assertThat(simulator.task(id).at("/output/task_status").asString()).isEqualTo("CANCELED");
	}

	@Test
	void shareOfCallsGoesWrong() {
		simulator.control("PATCH", "/behaviour", """
				{"faults":{"lost-answer":0,"list-503":1,"fail=InternalError":1}}""");
		assertThat(simulator.get("/tasks").statusCode()).isEqualTo(503);
		JsonNode output = ended(simulator.animate("p")).get("output");
		assertThat(output.get("code").asString()).isEqualTo("InternalError");

		simulator.control("PATCH", "/behaviour", """
				{"faults":{"list-503":0}}""");
		assertThat(simulator.get("/tasks").statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"faults\":{\"no-such\":1}}", "{\"faults\":{\"hang\":1.5}}", "{\"limits\":{\"x\":1}}",
			"{\"limits\":{\"surplus\":\"x\"}}", "{\"timings\":{\"run\":\"x\"}}", "nothing" })
	void behaviourThatDoesNotExistIsRefused(String changes) {
		JsonNode before = simulator.control("GET", "/behaviour", "");
		assertThat(simulator.control("PATCH", "/behaviour", changes).get("code").asString())
			.isEqualTo("InvalidParameter");
		assertThat(simulator.control("GET", "/behaviour", "")).isEqualTo(before);
	}

	@Test
	void behaviourIsToldInTheWordsOfTheSettings() {
		assertThat(simulator.control("PATCH", "/behaviour", """
				{"timings":{"pending":0.25},"faults":{"500-after":0.05}}""")).hasToString("""
				{"timings":{"pending":0.25,"run":4.0,"run-per-second":0.0,"spread":0.0},\
				"limits":{"submissions-per-second":5,"in-processing":5,"surplus":"REFUSE","queries-per-second":20,\
				"lists-per-second":20,"cancels-per-second":20,"policies-per-second":100},\
				"faults":{"500-after":0.05}}""");
		assertThat(simulator.control("DELETE", "/behaviour", "").get("faults").isEmpty()).isTrue();
	}

	@Test
	void failureIsInsideTheOutput() {
		JsonNode answer = ended(simulator.animate("[[sim:fail=DataInspectionFailed]]"));
		assertThat(answer.at("/output/task_status").asString()).isEqualTo("FAILED");
		assertThat(answer.at("/output/code").asString()).isEqualTo("DataInspectionFailed");
		assertThat(answer.at("/output/message").asString()).contains("inappropriate content");
		assertThat(answer.has("usage")).isFalse();
		assertThat(answer.get("output").has("video_url")).isFalse();
	}

	@Test
	void failureMayComeWithoutAReason() {
		JsonNode output = ended(simulator.animate("[[sim:fail-bare]]")).get("output");
		assertThat(output.propertyNames()).containsExactly("task_id", "task_status", "submit_time", "scheduled_time",
				"end_time");
		assertThat(output.get("task_status").asString()).isEqualTo("FAILED");
	}

	@Test
	void referenceOfAnImpossibleLengthFails() {
		HttpResponse<String> created = simulator.create("""
				{"model":"wan2.6-r2v-flash","input":{"prompt":"p","reference_urls":["https://a.b/c-31s.mp4"]}}""");
		JsonNode output = ended(json(created).at("/output/task_id").asString()).get("output");
		assertThat(output.get("task_status").asString()).isEqualTo("FAILED");
		assertThat(output.get("code").asString()).isEqualTo("InvalidParameter");
	}

	@Test
	void stuckTaskFailsAfterThreeHours() {
		String id = simulator.animate("[[sim:stuck]]");
		clock.advance(Duration.ofHours(3));
		assertThat(simulator.task(id).at("/output/task_status").asString()).isEqualTo("RUNNING");
		clock.advance(Duration.ofSeconds(1));
		assertThat(simulator.task(id).at("/output/code").asString()).isEqualTo("InternalError.Timeout");
	}

	@Test
	void timesCanBeAskedFor() {
		String id = simulator.animate("[[sim:pending=10]][[sim:run=0.5]]");
		clock.advance(Duration.ofMillis(9999));
		assertThat(simulator.task(id).at("/output/task_status").asString()).isEqualTo("PENDING");
		clock.advance(Duration.ofMillis(1));
		assertThat(simulator.task(id).at("/output/task_status").asString()).isEqualTo("RUNNING");
		clock.advance(Duration.ofMillis(500));
		assertThat(simulator.task(id).at("/output/task_status").asString()).isEqualTo("SUCCEEDED");
	}

	@ParameterizedTest
	@CsvSource({ "unknown, UNKNOWN", "suspended, SUSPENDED", "status=QUEUEING, QUEUEING" })
	void queryShowsAnotherStatus(String directive, String status) {
		String id = simulator.animate("[[sim:" + directive + "]]");
		clock.advance(Duration.ofSeconds(2));
		assertThat(simulator.task(id).at("/output/task_status").asString()).isEqualTo(status);
	}

	@Test
	void taskIsUnknownForAWhile() {
		String id = simulator.animate("[[sim:unknown*2]]");
		clock.advance(Duration.ofSeconds(5));
		assertThat(IntStream.range(0, 3).mapToObj((number) -> simulator.task(id).at("/output/task_status").asString()))
			.containsExactly("UNKNOWN", "UNKNOWN", "SUCCEEDED");
	}

	@Test
	void successMayTellLessOrOtherwise() {
		assertThat(ended(simulator.animate("[[sim:usage=7.5]]")).at("/usage/duration").decimalValue())
			.isEqualByComparingTo("7.5");
		assertThat(ended(simulator.animate("[[sim:no-usage]]")).has("usage")).isFalse();
		assertThat(ended(simulator.animate("[[sim:string-numbers]]")).get("usage")).hasToString(
				"""
						{"duration":"5","input_video_duration":"0","output_video_duration":"5","video_count":"1","SR":"720"}""");
		assertThat(ended(simulator.animate("[[sim:sr=1080]]")).at("/usage/SR").intValue()).isEqualTo(1080);
		assertThat(ended(simulator.animate("[[sim:no-url]]")).get("output").has("video_url")).isFalse();
		assertThat(ended(simulator.animate("[[sim:echo=other]]")).at("/output/orig_prompt").asString())
			.isEqualTo("other");
		assertThat(ended(simulator.animate("[[sim:echo]]")).get("output").has("orig_prompt")).isFalse();
	}

	private static HttpResponse<String> submit(String prompt) {
		return simulator.create(body(prompt));
	}

	private static String body(String prompt) {
		return """
				{"model":"wan2.6-i2v-flash","input":{"prompt":"%s","img_url":"https://example.com/photo.jpg"},
				 "parameters":{"resolution":"720P"}}""".formatted(prompt);
	}

	/** Let a task run to its end and return the answer to a query for it. */
	private static JsonNode ended(String id) {
		clock.advance(Duration.ofSeconds(5));
		return simulator.task(id);
	}

}
