package io.wangateway.dashscope;

import java.time.Instant;
import java.util.List;

import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what a page of the task list says, and that half a page says nothing.
 */
class TaskListingTests {

	private static final TaskQuery QUERY = TaskQuery.of("wan2.6-i2v-flash", Instant.parse("2026-11-22T10:00:00.200Z"),
			Instant.parse("2026-11-22T18:00:00.200Z"));

	@AutoClose
	private final Upstream upstream = new Upstream();

	TaskListingTests() throws Exception {
	}

	@Test
	void windowIsAskedForInBeijingTimeAndNeverNarrowed() throws Exception {
		this.upstream.answer(200, page(""));
		this.upstream.client.list(QUERY);
		RecordedRequest request = this.upstream.request();
		assertThat(request.getTarget()).isEqualTo("/api/v1/tasks?start_time=20261122180000&end_time=20261123020001"
				+ "&model_name=wan2.6-i2v-flash&page_no=1");
		assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + Upstream.KEY);
		assertThat(request.getHeaders().names()).doesNotContain("Content-Type", "X-DashScope-Async");
	}

	@Test
	void searchMayLeaveEverythingToDashScope() throws Exception {
		this.upstream.answer(200, page(""));
		this.upstream.client.list(new TaskQuery(null, null, null, "RUNNING", 1).next());
		assertThat(this.upstream.request().getTarget()).isEqualTo("/api/v1/tasks?status=RUNNING&page_no=2");
	}

	@Test
	void pageShowsTasksWithTheRequestsThatMadeThem() {
		this.upstream.answer(200, """
				{"request_id":"r-3","total":11,"total_page":2,"page_no":1,"page_size":10,"data":[
				 {"api_key_id":"1","caller_parent_id":"2","caller_uid":"2","gmt_create":1768374224123,
				  "start_time":1768374230000,"end_time":1768374300500,"region":"cn-beijing","request_id":"r-1",
				  "status":"SUCCEEDED","task_id":"t-1","model_name":"wan2.6-i2v-flash",
				  "user_api_unique_key":"apikey:v1:aigc:video-generation:video-synthesis:wan2.6-i2v-flash"},
				 {"task_id":"t-2","status":"PENDING","gmt_create":1768374224124,"start_time":null,"end_time":0}]}""");
		TaskListing listing = this.upstream.client.list(QUERY);
		assertThat(listing).isEqualTo(new TaskListing.Page(List.of(
				new TaskListing.ListedTask("t-1", "wan2.6-i2v-flash", "SUCCEEDED", "r-1",
						Instant.parse("2026-01-14T07:03:44.123Z"), Instant.parse("2026-01-14T07:03:50Z"),
						Instant.parse("2026-01-14T07:05:00.500Z")),
				new TaskListing.ListedTask("t-2", null, "PENDING", null, Instant.parse("2026-01-14T07:03:44.124Z"),
						null, null)),
				1, 2, 11));
		assertThat(listing).isInstanceOfSatisfying(TaskListing.Page.class,
				(page) -> assertThat(page.hasNext()).isTrue());
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"total\":0,\"total_page\":0,\"page_no\":1,\"page_size\":10,\"data\":[]}",
			"{\"total\":0,\"total_page\":0}", "{\"total\":\"0\",\"total_page\":\"0\",\"data\":null}" })
	void emptyListShowsThatThereIsNoTask(String body) {
		this.upstream.answer(200, body);
		assertThat(this.upstream.client.list(QUERY)).isEqualTo(new TaskListing.Page(List.of(), 1, 0, 0));
	}

	@ParameterizedTest
	@ValueSource(longs = { -1, 0, 253_402_300_800_000L, Long.MAX_VALUE })
	void timeThatIsNoneIsLeftOut(long millis) {
		this.upstream.answer(200, page("{\"task_id\":\"t-1\",\"gmt_create\":" + millis + "}"));
		assertThat(this.upstream.client.list(QUERY)).isInstanceOfSatisfying(TaskListing.Page.class,
				(page) -> assertThat(page.tasks().getFirst().createdAt()).isNull());
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "null", "OK", "[]", "{}", "{\"data\":[]}", "{\"total\":1,\"total_page\":1,\"data\":[]}",
					"{\"total\":1,\"total_page\":1}", "{\"total\":1,\"total_page\":1,\"data\":{}}",
					"{\"total\":1,\"total_page\":1,\"data\":[{\"status\":\"RUNNING\"}]}",
					"{\"total\":1,\"total_page\":1,\"data\":[\"t-1\"]}",
					"{\"total\":20,\"total_page\":2,\"page_no\":2,\"data\":[{\"task_id\":\"t-1\"}]}",
					"{\"total\":-1,\"total_page\":0,\"data\":[]}", "{\"total\":1e99,\"total_page\":0,\"data\":[]}",
					"{\"total\":1,\"total_page\":1,\"data\":[{\"task_id\":\"t-1\"}" })
	void pageThatIsNotWholeProvesNothing(String body) {
		this.upstream.answer(200, body);
		assertThat(this.upstream.client.list(QUERY)).isInstanceOfSatisfying(NoAnswer.class,
				(none) -> assertThat(none.reason()).isEqualTo(NoAnswer.Reason.FAILED));
	}

	@ParameterizedTest(name = "{0} {1}")
	@CsvSource({ "429, Throttling.RateQuota, THROTTLED", "401, InvalidApiKey, ACCOUNT_FAULT",
			"400, InvalidParameter, FAILED", "500, InternalError, FAILED" })
	void refusedSearchProvesNothing(int status, String code, NoAnswer.Reason reason) {
		this.upstream.answer(status, """
				{"code":"%s","message":"because","request_id":"r-3"}""".formatted(code));
		assertThat(this.upstream.client.list(QUERY))
			.isEqualTo(new NoAnswer(reason, new UpstreamError(status, code, "because", "r-3")));
	}

	private static String page(String task) {
		return "{\"total\":1,\"total_page\":1,\"page_no\":1,\"page_size\":10,\"data\":[" + task + "]}";
	}

}
