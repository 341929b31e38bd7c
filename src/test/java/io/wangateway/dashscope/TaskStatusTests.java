package io.wangateway.dashscope;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;

import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what each answer about a task says of it.
 */
class TaskStatusTests {

	private static final String TASK = "0385dc79-5ff8-4d82-bcb6-000000000001";

	private static final TaskStatus.Facts NO_FACTS = new TaskStatus.Facts("r-2", null, null, null);

	@AutoClose
	private final Upstream upstream = new Upstream();

	TaskStatusTests() throws Exception {
	}

	@Test
	void queryHasNeitherContentTypeNorAsyncHeader() throws Exception {
		status("PENDING");
		RecordedRequest request = this.upstream.request();
		assertThat(request.getMethod()).isEqualTo("GET");
		assertThat(request.getTarget()).isEqualTo("/api/v1/tasks/" + TASK);
		assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + Upstream.KEY);
		assertThat(request.getHeaders().names()).doesNotContain("Content-Type", "X-DashScope-Async");
	}

	@Test
	void idThatIsNoUuidStaysInsideItsPlaceOfTheAddress() throws Exception {
		this.upstream.answer(200, "{}");
		this.upstream.client.status("../x?a=b");
		assertThat(this.upstream.request().getTarget()).isEqualTo("/api/v1/tasks/..%2Fx%3Fa%3Db");
	}

	@Test
	void pendingTaskWaits() {
		assertThat(status("PENDING")).isEqualTo(new TaskStatus.Waiting("PENDING", NO_FACTS));
	}

	@ParameterizedTest
	@ValueSource(strings = { "SUSPENDED", "NOBODY_HAS_SEEN_THIS" })
	void taskInAStateOfNoMeaningToUsIsAskedAboutAgain(String word) {
		assertThat(status(word)).isEqualTo(new TaskStatus.Waiting(word, NO_FACTS));
	}

	@Test
	void runningTaskRunsSinceItWasScheduled() {
		TaskStatus status = answer("""
				{"request_id":"r-2","output":{"task_id":"%s","task_status":"RUNNING",
				 "submit_time":"2026-01-14 15:03:44.123","scheduled_time":"2026-01-14 15:03:50.000"}}""");
		assertThat(status).isEqualTo(new TaskStatus.Running(new TaskStatus.Facts("r-2",
				Instant.parse("2026-01-14T07:03:44.123Z"), Instant.parse("2026-01-14T07:03:50Z"), null)));
	}

	@Test
	void succeededTaskHasItsVideoAndWhatItCosts() {
		TaskStatus status = answer(
				"""
						{"request_id":"r-2","output":{"task_id":"%s","task_status":"SUCCEEDED",
						 "submit_time":"2026-01-14 15:03:44.123","scheduled_time":"2026-01-14 15:03:50.000",
						 "end_time":"2026-01-14 15:05:00.5","orig_prompt":"a cat",
						 "video_url":"https://dashscope-result-bj.oss-cn-beijing.aliyuncs.com/1.mp4?Expires=1&Signature=a%%2Bb"},
						 "usage":{"duration":10.0,"input_video_duration":5,"output_video_duration":5,"SR":720,
						 "video_count":1,"audio":true,"size":"1280*720","fps":30}}""");
		assertThat(status).isEqualTo(new TaskStatus.Succeeded(
				URI.create("https://dashscope-result-bj.oss-cn-beijing.aliyuncs.com/1.mp4?Expires=1&Signature=a%2Bb"),
				new Usage(BigDecimal.TEN, new BigDecimal(5), new BigDecimal(5), 720, 1, true, false), "a cat",
				new TaskStatus.Facts("r-2", Instant.parse("2026-01-14T07:03:44.123Z"),
						Instant.parse("2026-01-14T07:03:50Z"), Instant.parse("2026-01-14T07:05:00.5Z"))));
		assertThat(status.toString()).doesNotContain("Signature", "a cat");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ",\"video_url\":null", ",\"video_url\":\"\"", ",\"video_url\":\"a video\"",
			",\"video_url\":\"ftp://a.example/1.mp4\"", ",\"video_url\":\"/1.mp4\"" })
	void successWithoutAVideoIsAnAnswerOfItsOwn(String link) {
		TaskStatus status = answer("""
				{"request_id":"r-2","output":{"task_id":"%s","task_status":"SUCCEEDED","orig_prompt":"a cat"
				""" + link + "},\"usage\":{\"duration\":5}}");
		assertThat(status).isEqualTo(new TaskStatus.SucceededWithoutVideo(
				new Usage(new BigDecimal(5), null, null, null, null, null, false), "a cat", NO_FACTS));
	}

	@ParameterizedTest
	@CsvSource({ "InvalidParameter, INVALID_PARAMETERS", "InvalidParameter.DataInspection, INPUT_UNREACHABLE",
			"InvalidURL.Timeout, INPUT_UNREACHABLE", "BadRequest.InputDownloadFailed, INPUT_UNREACHABLE",
			"DataInspectionFailed, CONTENT_POLICY", "IPInfringementSuspect, CONTENT_POLICY", "Arrearage, ACCOUNT",
			"InternalError.Timeout, TIMEOUT", "RequestTimeOut, TIMEOUT", "InternalError, GENERATION",
			"InternalError.Algo, GENERATION", "Throttling.RateQuota, GENERATION", "NobodyHasSeenThis, GENERATION" })
	void failedTaskSaysWhatItFailedOf(String code, ErrorKind kind) {
		TaskStatus status = answer(
				"""
						{"request_id":"r-2","output":{"task_id":"%s","task_status":"FAILED","code":"CODE","message":"because"}}"""
					.replace("CODE", code));
		assertThat(status)
			.isEqualTo(new TaskStatus.Failed(new UpstreamError(200, code, "because", "r-2"), kind, null, NO_FACTS));
	}

	@Test
	void failedTaskMaySayNothing() {
		assertThat(status("FAILED")).isEqualTo(
				new TaskStatus.Failed(new UpstreamError(200, null, null, "r-2"), ErrorKind.GENERATION, null, NO_FACTS));
	}

	@Test
	void cancelledTaskIsCancelled() {
		assertThat(status("CANCELED")).isEqualTo(new TaskStatus.Cancelled(NO_FACTS));
	}

	@Test
	void unknownTaskIsForgotten() {
		assertThat(status("UNKNOWN")).isEqualTo(new TaskStatus.Forgotten(NO_FACTS));
	}

	@ParameterizedTest
	@ValueSource(strings = { "2026-01-14", "tomorrow", "2026-13-45 25:61:61.000" })
	void timeThatIsNoneIsLeftOut(String time) {
		TaskStatus status = answer("""
				{"request_id":"r-2","output":{"task_id":"%s","task_status":"PENDING","submit_time":"TIME"}}"""
			.replace("TIME", time));
		assertThat(status).isEqualTo(new TaskStatus.Waiting("PENDING", NO_FACTS));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "OK", "[]", "{}", "{\"output\":{}}", "{\"output\":{\"task_status\":7}}",
			"{\"output\":{\"task_status\":\"UNKNOWN\"",
			"{\"output\":{\"task_id\":\"other\",\"task_status\":\"UNKNOWN\"}}", "<html>UNKNOWN</html>" })
	void answerThatIsNotAboutTheTaskProvesNothing(String body) {
		this.upstream.answer(200, body);
		assertThat(this.upstream.client.status(TASK)).isInstanceOfSatisfying(NoAnswer.class,
				(none) -> assertThat(none.reason()).isEqualTo(NoAnswer.Reason.FAILED));
	}

	@ParameterizedTest(name = "{0} {1}")
	@CsvSource({ "429, Throttling.RateQuota, THROTTLED", "429, Throttling, THROTTLED",
			"401, InvalidApiKey, ACCOUNT_FAULT", "403, AccessDenied, ACCOUNT_FAULT", "400, Arrearage, ACCOUNT_FAULT",
			"429, PostpaidBillOverdue, ACCOUNT_FAULT", "400, InvalidParameter, FAILED", "404, NotFound, FAILED",
			"500, InternalError, FAILED", "503, ModelUnavailable, FAILED" })
	void refusedQueryProvesNothingAboutTheTask(int status, String code, NoAnswer.Reason reason) {
		this.upstream.answer(status, """
				{"code":"%s","message":"because","request_id":"r-2"}""".formatted(code));
		assertThat(this.upstream.client.status(TASK))
			.isEqualTo(new NoAnswer(reason, new UpstreamError(status, code, "because", "r-2")));
	}

	@ParameterizedTest
	@CsvSource({ "404, ACCOUNT_FAULT", "429, THROTTLED", "502, FAILED", "503, FAILED", "302, FAILED" })
	void answerOfAProxyProvesNothingAboutTheTask(int status, NoAnswer.Reason reason) {
		this.upstream.answer(status, "<html>no</html>");
		assertThat(this.upstream.client.status(TASK)).isInstanceOfSatisfying(NoAnswer.class,
				(none) -> assertThat(none.reason()).isEqualTo(reason));
	}

	@Test
	void brokenQueryProvesNothingAboutTheTask() {
		this.upstream.answer(new MockResponse.Builder().code(200)
			.body("{\"output\":{\"task_status\":\"UNKNOWN\"}}")
			.onResponseBody(new SocketEffect.CloseSocket())
			.build());
		assertThat(this.upstream.client.status(TASK)).isInstanceOf(NoAnswer.class);
	}

	@Test
	void oversizedAnswerProvesNothingAboutTheTask() {
		this.upstream.answer(200, "{\"output\":{\"task_status\":\"UNKNOWN\",\"pad\":\"" + "x".repeat(70_000) + "\"}}");
		assertThat(this.upstream.client.status(TASK)).isInstanceOf(NoAnswer.class);
	}

	private TaskStatus status(String word) {
		return answer("""
				{"request_id":"r-2","output":{"task_id":"%s","task_status":"WORD"}}""".replace("WORD", word));
	}

	private TaskStatus answer(String body) {
		this.upstream.answer(200, body.formatted(TASK));
		return this.upstream.client.status(TASK);
	}

}
