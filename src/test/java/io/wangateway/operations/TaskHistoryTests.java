package io.wangateway.operations;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import io.wangateway.generation.GenerationId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** What ops and finance see of every team's tasks. */
@GatewayTest
class TaskHistoryTests {

	@Autowired
	private TestGateway gateway;

	@Test
	void taskIsFoundByEverythingThatIsKnownOfIt() {
		String team = this.gateway.team();
		String mark = UUID.randomUUID().toString();
		String id = ended(this.gateway.sandboxKey(team), "a heron 100% " + mark + " [[sim:fail]]", mark);
		JsonNode task = get("/v1/admin/tasks/" + id);
		for (String query : List.of("team=" + team + "&livemode=false", "state=FAILED&team=" + team,
				"status=failed&team=" + team, "client_business_id=b-" + mark,
				"upstream_task_id=" + task.get("upstream_task_id").stringValue(),
				"error_code=" + task.get("error_code").stringValue() + "&team=" + team, "label:project=" + mark,
				"q=100%25+" + mark, "mode=i2v&model=wan2.6-flash&team=" + team,
				"created_after=" + task.get("created_at").longValue() + "&team=" + team,
				"lane=sandbox:wan2.6-i2v-flash&team=" + team)) {
			assertThat(ids(query)).as(query).containsExactly(id);
		}
		for (String query : List.of("team=" + team + "&livemode=true", "team=" + team + "&state=SUCCEEDED",
				"team=" + team + "&q=no+such+text", "team=" + team + "&label:project=other",
				"team=" + team + "&created_before=" + task.get("created_at").longValue())) {
			assertThat(ids(query)).as(query).isEmpty();
		}
	}

	@Test
	void everySearchWithoutTeamIsRight() {
		String mark = UUID.randomUUID().toString();
		String id = ended(this.gateway.sandboxKey(this.gateway.team()), "a heron " + mark + " [[sim:fail]]", mark);
		JsonNode task = get("/v1/admin/tasks/" + id);
		String since = "&created_after=" + task.get("created_at").longValue();
		for (String query : List.of("state=FAILED", "status=failed", "livemode=false", "lane=sandbox:wan2.6-i2v-flash",
				"error_code=" + task.get("error_code").stringValue(), "mode=i2v",
				"upstream_code=" + task.get("upstream_code").stringValue(), "label:project=" + mark + "&state=FAILED",
				"q=HERON+" + mark + "&label:project=" + mark)) {
			assertThat(ids(query + since)).as(query).contains(id);
			assertThat(ids(query + since + "&order=asc")).as(query).contains(id);
		}
		for (String query : List.of("state=CANCELLED", "state=LOST", "status=completed", "status=queued",
				"state=RUNNING", "livemode=true", "lane=wan2.6-i2v-flash", "error_code=generation_timeout", "mode=r2v",
				"upstream_code=NoSuchCode", "status=queued&error_code=generation_failed", "label:stage=" + mark,
				"q=" + mark + "+heron", "q=heron&label:project=another")) {
			assertThat(ids(query + since)).as(query).doesNotContain(id);
		}
	}

	@Test
	void wordsAreFoundInBlocksBeforeTasksHaveEnded(@Autowired TextBlocks blocks, @Autowired JdbcClient jdbc) {
		String team = this.gateway.team();
		String key = this.gateway.sandboxKey(team);
		String word = "w" + UUID.randomUUID().toString().replace("-", "");
		List<String> made = Stream.of("一只猫 " + word + " walks", "a dog " + word + " walks", "nothing of the kind")
			.map((prompt) -> submit(key, prompt, UUID.randomUUID().toString()))
			.toList();
		List<String> others = Stream.generate(() -> submit(key, "another", UUID.randomUUID().toString()))
			.limit(128)
			.toList();
		blocks.addPrompts(Instant.now().plusSeconds(1));
		assertThat(jdbc.sql("""
				select count(*) from unblocked_generation where id = any (:made)""")
			.param("made", uuids(made))
			.query(Long.class)
			.single()).isZero();
		assertThat(ids("q=" + word)).containsExactly(made.get(1), made.get(0));
		assertThat(ids("q=" + word + "&order=asc&limit=1")).containsExactly(made.get(0));
		assertThat(ids("q=" + word + "&after=" + made.get(1))).containsExactly(made.get(0));
		assertThat(ids("q=" + word + "+Walks")).hasSize(2);
		assertThat(ids("q=walks+" + word)).isEmpty();
		assertThat(ids("q=" + URLEncoder.encode("只猫 " + word, StandardCharsets.UTF_8))).containsExactly(made.get(0));
		Stream.concat(made.stream(), others.stream())
			.forEach((id) -> this.gateway.post(key, "/v1/videos/generations/" + id + "/cancel", "{}"));
	}

	@Test
	void blockGoesWhenAllOfItIsErased(@Autowired TextBlocks blocks, @Autowired JdbcClient jdbc) {
		String key = this.gateway.sandboxKey(this.gateway.team());
		UUID[] tasks = uuids(List.of(ended(key, "a swan", UUID.randomUUID().toString()),
				ended(key, "a swan [[sim:fail]]", UUID.randomUUID().toString())));
		long block = jdbc.sql("""
				insert into text_block (since, oldest, newest, ids, words)
				values ('2020-01-01', :first, :last, :ids, '{1}') returning id""")
			.param("first", tasks[0])
			.param("last", tasks[1])
			.param("ids", tasks)
			.query(Long.class)
			.single();
		String there = "select count(*) from text_block where id = " + block;
		try {
			jdbc.sql(
					"update erased_until set until = (select ended_at from generation where id = :id) - interval '1 ms'")
				.param("id", tasks[1])
				.update();
			blocks.catchUp();
			assertThat(jdbc.sql(there).query(Integer.class).single()).isOne();
			jdbc.sql("update erased_until set until = (select ended_at from generation where id = :id)")
				.param("id", tasks[1])
				.update();
			blocks.catchUp();
			assertThat(jdbc.sql(there).query(Integer.class).single()).isZero();
		}
		finally {
			jdbc.sql("update erased_until set until = 'epoch'").update();
		}
	}

	@Test
	void whatWaitsIsFoundQueueByQueue() {
		String team = this.gateway.team();
		String key = this.gateway.sandboxKey(team);
		String mark = UUID.randomUUID().toString();
		List<String> made = Stream.generate(() -> submit(key, "a long queue", mark + UUID.randomUUID()))
			.limit(20)
			.toList();
		for (String query : List.of("state=QUEUED", "state=QUEUED&lane=sandbox:wan2.6-i2v-flash",
				"state=QUEUED&q=long+queue", "status=queued", "status=queued&q=queue")) {
			List<String> found = ids(query + "&limit=100&team=" + team);
			assertThat(found).as(query).contains(made.getLast()).isSortedAccordingTo(Comparator.reverseOrder());
			assertThat(ids(query + "&team=" + team + "&limit=1&after=" + made.getLast())).as(query)
				.containsExactly(made.get(18));
			assertThat(ids(query + "&team=" + this.gateway.team())).as(query).isEmpty();
		}
		made.forEach((id) -> this.gateway.post(key, "/v1/videos/generations/" + id + "/cancel", "{}"));
	}

	@Test
	void taskIsFoundByEveryAnswerOfUpstream() {
		String id = ended(this.gateway.sandboxKey(this.gateway.team()), "a stork", UUID.randomUUID().toString());
		JsonNode task = get("/v1/admin/tasks/" + id);
		List<String> answers = task.at("/timeline")
			.valueStream()
			.filter((step) -> step.has("upstream_request_id"))
			.map((step) -> step.get("upstream_request_id").stringValue())
			.distinct()
			.toList();
		assertThat(answers).contains(task.get("upstream_request_id").stringValue()).hasSizeGreaterThan(1);
		answers.forEach((answer) -> assertThat(ids("upstream_request_id=" + answer)).containsExactly(id));
		assertThat(ids("upstream_request_id=" + UUID.randomUUID())).isEmpty();
	}

	@Test
	void runTimesOfDaysThatAreOverAreTheSameOnceKept(@Autowired DayTimes times, @Autowired JdbcClient jdbc) {
		String id = ended(this.gateway.sandboxKey(this.gateway.team()), "a crane", UUID.randomUUID().toString());
		jdbc.sql("update generation set submitted_at = submitted_at - interval '3 days',"
				+ " created_at = created_at - interval '3 days', ended_at = ended_at - interval '3 days' where id = :id")
			.param("id", uuids(List.of(id))[0])
			.update();
		jdbc.sql("update day_times_kept set until = (now() - interval '5 days')::date").update();
		jdbc.sql("delete from day_times").update();
		JsonNode reckoned = get("/v1/admin/run_times").get("data");
		times.catchUp();
		assertThat(jdbc.sql("select count(*) from day_times").query(Integer.class).single()).isPositive();
		assertThat(withoutToday(get("/v1/admin/run_times").get("data"))).isEqualTo(withoutToday(reckoned)).isNotEmpty();
	}

	private static List<String> withoutToday(JsonNode rows) {
		String today = rows.get(rows.size() - 1).get("day").stringValue();
		return rows.valueStream()
			.filter((row) -> !row.get("day").stringValue().equals(today))
			.map(JsonNode::toString)
			.toList();
	}

	private static UUID[] uuids(List<String> ids) {
		return ids.stream().map((id) -> GenerationId.parse(id).orElseThrow().value()).toArray(UUID[]::new);
	}

	@Test
	void detailTellsTheWholeStoryOfATask() {
		String id = ended(this.gateway.sandboxKey(this.gateway.team()), "an otter", UUID.randomUUID().toString());
		JsonNode task = get("/v1/admin/tasks/" + id);
		assertThat(task.at("/timeline").valueStream().map((step) -> step.get("to").stringValue()))
			.containsSubsequence("SUBMITTING", "SUBMITTED", "RUNNING", "SUCCEEDED");
		assertThat(task.at("/attempts/0/outcome").stringValue()).isEqualTo("accepted");
		assertThat(task.at("/ledger").valueStream().map((entry) -> entry.get("kind").stringValue()))
			.containsExactly("hold", "charge");
		assertThat(task.at("/ledger/1/amount").stringValue()).isEqualTo("2.50");
		assertThat(task.at("/request/prompt").stringValue()).isEqualTo("an otter");
		assertThat(task.get("cost").stringValue()).isEqualTo("2.50");
	}

	@Test
	void everyPageFollowsTheOneBefore() {
		String team = this.gateway.team();
		String key = this.gateway.sandboxKey(team);
		List<String> made = Stream.generate(() -> submit(key, "page", UUID.randomUUID().toString())).limit(5).toList();
		JsonNode first = get("/v1/admin/tasks?limit=2&team=" + team);
		JsonNode second = get("/v1/admin/tasks?limit=2&team=" + team + "&after=" + first.get("last_id").stringValue());
		JsonNode third = get("/v1/admin/tasks?limit=2&team=" + team + "&after=" + second.get("last_id").stringValue());
		assertThat(ids(first)).containsExactly(made.get(4), made.get(3));
		assertThat(ids(second)).containsExactly(made.get(2), made.get(1));
		assertThat(ids(third)).containsExactly(made.get(0));
		assertThat(third.get("has_more").booleanValue()).isFalse();
	}

	@Test
	void searchForTextBeyondAMonthIsRefused() {
		this.gateway.get(this.gateway.admin(), "/v1/admin/tasks?q=cat&created_after=1700000000")
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.error.param")
			.isEqualTo("created_after");
		this.gateway.get(this.gateway.admin(), "/v1/admin/tasks?state=GONE").expectStatus().isBadRequest();
		this.gateway.get(this.gateway.admin(), "/v1/admin/tasks/video_nonsense").expectStatus().isNotFound();
		this.gateway.get(this.gateway.admin(), "/v1/admin/tasks?created_after=99999999999999")
			.expectStatus()
			.isBadRequest();
	}

	@Test
	void opsSeeWhyTasksFailedAndHowLongTheyTook() {
		String key = this.gateway.sandboxKey(this.gateway.team());
		ended(key, "[[sim:fail]]", UUID.randomUUID().toString());
		ended(key, "a crane", UUID.randomUUID().toString());
		JsonNode failures = get("/v1/admin/failures");
		assertThat(failures.get("data")
			.valueStream()
			.filter((row) -> row.get("lane").stringValue().equals("sandbox:wan2.6-i2v-flash"))
			.map((row) -> row.get("error_code").stringValue())).contains("generation_failed");
		JsonNode times = get("/v1/admin/run_times");
		JsonNode row = times.get("data")
			.valueStream()
			.filter((each) -> each.get("lane").stringValue().equals("sandbox:wan2.6-i2v-flash"))
			.findFirst()
			.orElseThrow();
		assertThat(row.get("ran_p50").decimalValue()).isPositive();
		assertThat(row.get("ran_p99").decimalValue()).isGreaterThanOrEqualTo(row.get("ran_p50").decimalValue());
	}

	private String ended(String key, String prompt, String mark) {
		String id = submit(key, prompt, mark);
		Awaitility.await()
			.until(() -> TestGateway.json(this.gateway.get(key, "/v1/videos/generations/" + id))
				.get("status")
				.stringValue(), (status) -> status.equals("completed") || status.equals("failed"));
		return id;
	}

	private String submit(String key, String prompt, String mark) {
		return TestGateway.json(this.gateway.post(key, "/v1/videos/generations", """
				{"model":"wan2.6-flash","image_urls":["https://example.com/photo.jpg"],"prompt":"%s",
				 "client_business_id":"b-%s","labels":{"project":"%2$s"}}""".formatted(prompt, mark)))
			.get("id")
			.stringValue();
	}

	private List<String> ids(String query) {
		return ids(get("/v1/admin/tasks?" + query));
	}

	private static List<String> ids(JsonNode list) {
		return list.get("data").valueStream().map((task) -> task.get("id").stringValue()).toList();
	}

	private JsonNode get(String path) {
		return TestGateway.json(this.gateway.get(this.gateway.admin(), path));
	}

}
