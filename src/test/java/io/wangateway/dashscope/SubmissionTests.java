package io.wangateway.dashscope;

import java.time.Clock;
import java.util.List;

import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what a request to make a video says, and what each answer to it proves.
 */
class SubmissionTests {

	@AutoClose
	private final Upstream upstream = new Upstream();

	SubmissionTests() throws Exception {
	}

	@Test
	void acceptedTaskIsKnownByItsId() {
		this.upstream.answer(200, """
				{"output":{"task_status":"PENDING","task_id":"0385dc79-5ff8-4d82-bcb6-000000000001"},
				 "request_id":"4909100c-7b5a-9f92-bfe5-000000000001"}""");
		assertThat(create()).isEqualTo(new Submission.Accepted("0385dc79-5ff8-4d82-bcb6-000000000001",
				"4909100c-7b5a-9f92-bfe5-000000000001"));
	}

	@Test
	void imageTaskIsSentInDashScopesWords() throws Exception {
		this.upstream.answer(200, "{}");
		this.upstream.client.create(new VideoTask("wan2.6-i2v-flash",
				new VideoTask.Input("a cat", "dogs", "https://a.example/1.png", null, "https://a.example/1.mp3"),
				new VideoTask.Parameters("1080P", null, 5, true, "multi", false, false, 12345)));
		RecordedRequest request = this.upstream.request();
		assertThat(request.getMethod()).isEqualTo("POST");
		assertThat(request.getTarget()).isEqualTo("/api/v1/services/aigc/video-generation/video-synthesis");
		assertThat(Upstream.body(request)).isEqualTo("""
				{"model":"wan2.6-i2v-flash",\
				"input":{"prompt":"a cat","negative_prompt":"dogs","img_url":"https://a.example/1.png",\
				"audio_url":"https://a.example/1.mp3"},\
				"parameters":{"resolution":"1080P","duration":5,"prompt_extend":true,"shot_type":"multi",\
				"audio":false,"watermark":false,"seed":12345}}""");
		assertThat(request.getHeaders().toMultimap()).containsEntry("authorization", List.of("Bearer " + Upstream.KEY))
			.containsEntry("content-type", List.of("application/json"))
			.containsEntry("x-dashscope-async", List.of("enable"))
			.containsEntry("content-length", List.of(String.valueOf(Upstream.body(request).length())))
			.doesNotContainKeys("x-dashscope-ossresourceresolve", "x-dashscope-workspace", "transfer-encoding",
					"connection");
	}

	@Test
	void referenceTaskIsSentWithItsSizeAndNothingThatWasNotAsked() throws Exception {
		this.upstream.answer(200, "{}");
		this.upstream.client.create(new VideoTask("wan2.6-r2v-flash",
				new VideoTask.Input("character1 waves", null, null,
						List.of("https://a.example/a.mp4", "https://a.example/b.png"), null),
				new VideoTask.Parameters(null, "1280*720", 5, null, null, true, null, null)));
		assertThat(Upstream.body(this.upstream.request())).isEqualTo("""
				{"model":"wan2.6-r2v-flash",\
				"input":{"prompt":"character1 waves",\
				"reference_urls":["https://a.example/a.mp4","https://a.example/b.png"]},\
				"parameters":{"size":"1280*720","duration":5,"audio":true}}""");
	}

	@Test
	void textTaskOfASiblingIsDataOnly() throws Exception {
		this.upstream.answer(200, "{}");
		this.upstream.client
			.create(new VideoTask("wan2.6-t2v", new VideoTask.Input("a cat", null, null, null, null), NO_PARAMETERS));
		assertThat(Upstream.body(this.upstream.request()))
			.isEqualTo("{\"model\":\"wan2.6-t2v\",\"input\":{\"prompt\":\"a cat\"},\"parameters\":{}}");
	}

	@ParameterizedTest
	@CsvSource({ "oss://dashscope-instant/a/1.png,,", "https://a.example/1.png,OSS://dashscope-instant/a/1.mp3,",
			"https://a.example/1.png,,oss://dashscope-instant/a/1.mp4" })
	void temporaryStorageIsResolved(String image, String audio, String reference) throws Exception {
		this.upstream.answer(200, "{}");
		this.upstream.client.create(new VideoTask("wan2.6-i2v-flash",
				new VideoTask.Input(null, null, image, (reference != null) ? List.of(reference) : null, audio),
				NO_PARAMETERS));
		assertThat(this.upstream.request().getHeaders().get("X-DashScope-OssResourceResolve")).isEqualTo("enable");
	}

	@Test
	void workspaceIsNamed() throws Exception {
		this.upstream.answer(200, "{}");
		DashScopeAccount account = new DashScopeAccount(this.upstream.server.url("/api/v1").uri(), Upstream.KEY,
				"ws-1");
		new DashScopeClient(account, Upstream.patient(), Clock.systemUTC()).create(TASK);
		assertThat(this.upstream.request().getHeaders().get("X-DashScope-WorkSpace")).isEqualTo("ws-1");
	}

	@ParameterizedTest(name = "{0} {1}")
	@CsvSource({ "400, InvalidParameter, INVALID_PARAMETERS", "400, InvalidParameter.DataInspection, INPUT_UNREACHABLE",
			"400, InvalidURL, INPUT_UNREACHABLE", "400, InvalidURL.ConnectionRefused, INPUT_UNREACHABLE",
			"400, InvalidURL.Timeout, INPUT_UNREACHABLE", "400, InvalidFile.Format, INVALID_PARAMETERS",
			"400, InvalidImageResolution, INVALID_PARAMETERS", "400, InvalidImageFormat, INVALID_PARAMETERS",
			"400, InvalidImage.FileFormat, INVALID_PARAMETERS", "400, BadRequest.EmptyInput, INVALID_PARAMETERS",
			"400, BadRequest.EmptyModel, INVALID_PARAMETERS", "400, BadRequest.EmptyParameters, INVALID_PARAMETERS",
			"400, BadRequest.IllegalInput, INVALID_PARAMETERS",
			"400, BadRequest.InputDownloadFailed, INPUT_UNREACHABLE", "400, BadRequest.TooLarge, INVALID_PARAMETERS",
			"400, DataInspectionFailed, CONTENT_POLICY", "400, IPInfringementSuspect, CONTENT_POLICY",
			"400, UnsupportedOperation, INVALID_PARAMETERS", "400, invalid_parameter_error, INVALID_PARAMETERS",
			"400, NobodyHasSeenThis, INVALID_PARAMETERS", "403, DataInspectionFailed, CONTENT_POLICY",
			"404, NotFound, INVALID_PARAMETERS", "413, RequestTooLarge, INVALID_PARAMETERS" })
	void faultOfTheRequestIsRefusedForGood(int status, String code, ErrorKind kind) {
		this.upstream.answer(status, refusal(code, "because"));
		assertThat(create()).isEqualTo(new Submission.Refused(error(status, code, "because"), kind));
	}

	@Test
	void oversizedRequestIsRefusedForGoodWhoeverSaysSo() {
		this.upstream.answer(413, "<html>Request Entity Too Large</html>");
		assertThat(create()).isInstanceOfSatisfying(Submission.Refused.class,
				(refused) -> assertThat(refused.kind()).isEqualTo(ErrorKind.INVALID_PARAMETERS));
	}

	@ParameterizedTest(name = "{0} {1} {2}")
	@CsvSource({ "401, InvalidApiKey, No API-key provided.", "401, InvalidApiKey, Invalid API-key provided.",
			"401, NOT AUTHORIZED, wrong workspace host", "401, SomethingNew, because", "400, Arrearage, overdue",
			"403, AccessDenied, current user api does not support synchronous calls",
			"403, AccessDenied.Unpurchased, not activated", "403, Model.AccessDenied, not granted",
			"403, Workspace.AccessDenied, not granted", "403, App.AccessDenied, not granted",
			"403, AllocationQuota.FreeTierOnly, The free tier of the model has been exhausted.",
			"403, SomethingNew, because", "404, ModelNotFound, no such model", "404, WorkSpaceNotFound, no workspace",
			"400, InvalidParameter, Model not exist.", "429, CommodityNotPurchased, not purchased",
			"429, PrepaidBillOverdue, overdue", "429, PostpaidBillOverdue, overdue",
			"429, Throttling.AllocationQuota, Free allocated quota exceeded.",
			"400, Throttling.AllocationQuota, too many resources" })
	void faultOfTheAccountBlamesNoTask(int status, String code, String message) {
		this.upstream.answer(status, refusal(code, message));
		assertThat(create()).isEqualTo(new Submission.AccountFault(error(status, code, message)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 404, 405, 407 })
	void strangerAtTheAddressBlamesNoTask(int status) {
		this.upstream.answer(status, "<html>Who are you?</html>");
		assertThat(create()).isInstanceOf(Submission.AccountFault.class);
	}

	@ParameterizedTest(name = "{0} {1} {2}")
	@CsvSource({ "429, Throttling, slow down", "429, Throttling.RateQuota, Requests rate limit exceeded",
			"429, LimitRequests, You exceeded your current requests limit", "429, Throttling.BurstRate, too steep",
			"429, Throttling.AllocationQuota, Allocated quota exceeded", "429, Throttling.Concurrency, too many",
			"429, SomethingNew, because", "400, Throttling.RateQuota, slow down" })
	void throttledTaskWaitsForItsNextTurn(int status, String code, String message) {
		this.upstream.answer(status, refusal(code, message));
		assertThat(create()).isEqualTo(new Submission.NotTaken(error(status, code, message), true));
	}

	@Test
	void throttlingByAProxyLetsTheTaskWaitForItsNextTurn() {
		this.upstream.answer(429, "Too Many Requests");
		assertThat(create()).isInstanceOfSatisfying(Submission.NotTaken.class,
				(notTaken) -> assertThat(notTaken.throttled()).isTrue());
	}

	@ParameterizedTest(name = "503 {0}")
	@ValueSource(strings = { "ModelUnavailable", "ModelServingError" })
	void taskWithoutCapacityWaitsForItsNextTurn(String code) {
		this.upstream.answer(503, refusal(code, "busy"));
		assertThat(create()).isEqualTo(new Submission.NotTaken(error(503, code, "busy"), false));
	}

	@ParameterizedTest(name = "{0} {1}")
	@CsvSource({ "500, InternalError", "500, InternalError.Algo", "500, InternalError.Upload",
			"500, InternalError.Timeout", "500, SystemError", "500, ModelServiceFailed", "500, RewriteFailed",
			"500, RequestTimeOut", "500, ModelServingError", "500, Arrearage", "503, SomethingNew",
			"504, GatewayTimeout", "408, RequestTimeOut" })
	void unclearFailureIsInDoubt(int status, String code) {
		this.upstream.answer(status, refusal(code, "because"));
		assertThat(create()).isEqualTo(new Submission.Unknown(error(status, code, "because")));
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 502, 503, 504 })
	void failureOfAProxyIsInDoubt(int status) {
		this.upstream.answer(status, "<html>Bad Gateway</html>");
		assertThat(create()).isInstanceOf(Submission.Unknown.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "[]", "null", "\"ok\"", "OK", "{\"output\":null}", "{\"output\":{}}",
			"{\"output\":{\"task_id\":null}}", "{\"output\":{\"task_id\":\" \"}}", "{\"output\":{\"task_id\":7}}",
			"{\"output\":{\"task_id\":\"1\"", "{\"code\":\"InvalidApiKey\",\"message\":\"no\"}" })
	void successWithoutATaskIdIsInDoubt(String body) {
		this.upstream.answer(200, body);
		assertThat(create()).isInstanceOf(Submission.Unknown.class);
	}

	@Test
	void doubtKeepsTheRequestIdThatTheTaskListKnows() {
		this.upstream.answer(new MockResponse.Builder().code(502)
			.addHeader("X-Request-Id", "4909100c-7b5a-9f92-bfe5-000000000001")
			.body("<html>Bad Gateway</html>")
			.build());
		assertThat(create()).isInstanceOfSatisfying(Submission.Unknown.class,
				(unknown) -> assertThat(unknown.error().requestId()).isEqualTo("4909100c-7b5a-9f92-bfe5-000000000001"));
	}

	@Test
	void redirectionIsNotFollowedAndInDoubt() {
		this.upstream.answer(new MockResponse.Builder().code(307).addHeader("Location", "/elsewhere").build())
			.answer(200, "{\"output\":{\"task_id\":\"1\"}}");
		assertThat(create()).isInstanceOf(Submission.Unknown.class);
		assertThat(this.upstream.server.getRequestCount()).isOne();
	}

	@Test
	void errorsRepeatNeitherKeyNorSignedLinks() {
		this.upstream.answer(401, refusal("InvalidApiKey", "Incorrect key " + Upstream.KEY
				+ " for https://a.example/1.png?Signature=s3cret and oss://dashscope-instant/s3cret\\nbye"));
		assertThat(create()).isEqualTo(new Submission.AccountFault(
				error(401, "InvalidApiKey", "Incorrect key … for https://a.example/1.png?… and oss://… bye")));
	}

	private static final VideoTask.Parameters NO_PARAMETERS = new VideoTask.Parameters(null, null, null, null, null,
			null, null, null);

	static final VideoTask TASK = new VideoTask("wan2.6-i2v-flash",
			new VideoTask.Input(null, null, "https://a.example/1.png", null, null), NO_PARAMETERS);

	private Submission create() {
		return this.upstream.client.create(TASK);
	}

	private static String refusal(String code, String message) {
		return """
				{"code":"%s","message":"%s","request_id":"r-1"}""".formatted(code, message);
	}

	private static UpstreamError error(int status, String code, String message) {
		return new UpstreamError(status, code, message, "r-1");
	}

}
