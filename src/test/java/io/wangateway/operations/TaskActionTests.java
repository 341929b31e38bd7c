package io.wangateway.operations;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import io.wangateway.admission.Upstreams;
import io.wangateway.dashscope.Submission;
import io.wangateway.dashscope.TaskStatus;
import io.wangateway.dashscope.VideoTask;
import io.wangateway.generation.GenerationId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/** What ops can do about a task that does not go on by itself. */
@GatewayTest
class TaskActionTests {

	private static final String REASON = """
			{"reason":"looked at it with Alibaba"}""";

	@Autowired
	private TestGateway gateway;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Upstreams upstreams;

	@Test
	void opsChooseBetweenTasksThatOnlyTheyCanTellApart() {
		String id = doubtful();
		JsonNode doubt = task(id);
		String one = doubt.at("/candidates/0/upstream_task_id").stringValue();
		JsonNode adopted = TestGateway.json(post(id, "adopt", adoption(one)));
		assertThat(adopted.get("upstream_task_id").stringValue()).isEqualTo(one);
		assertThat(await(id, TaskActionTests::ended).get("cost").stringValue()).isEqualTo("2.50");
		assertThat(audited(id)).isEqualTo("task.adopt looked at it with Alibaba");
		assertThat(unclaimed()).doesNotContain(one).contains(doubt.at("/candidates/1/upstream_task_id").stringValue());
	}

	@Test
	void nobodyCanGiveATeamAVideoOfWhichUpstreamEchoesAnotherPrompt() {
		String other = submit(this.gateway.sandboxKey(this.gateway.team()), "a stork");
		String owned = await(other, TaskActionTests::ended).get("upstream_task_id").stringValue();
		Submission accepted = Awaitility.await()
			.until(() -> createUpstream("a foreign stork"), Submission.Accepted.class::isInstance);
		String foreign = ended(((Submission.Accepted) accepted).taskId());
		String id = doubtful();
		for (String upstream : new String[] { owned, foreign, "no-such-task" }) {
			post(id, "adopt", adoption(upstream)).expectStatus()
				.isBadRequest()
				.expectBody()
				.jsonPath("$.error.param")
				.isEqualTo("upstream_task_id");
		}
		assertThat(task(id).get("state").stringValue()).isEqualTo("IN_DOUBT");
		post(id, "resubmit", REASON).expectStatus().isOk();
		assertThat(await(id, TaskActionTests::ended).get("state").stringValue()).isEqualTo("SUCCEEDED");
	}

	@Test
	void lostTaskIsWrittenOffWithAChargeUpToItsHold() {
		String key = this.gateway.sandboxKey(this.gateway.team());
		String id = lost(key, "a lost heron [[sim:run=60]]");
		post(id, "write_off", """
				{"charge":"2.51","reason":"too much"}""").expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.error.param")
			.isEqualTo("charge");
		JsonNode settled = TestGateway.json(post(id, "write_off", """
				{"charge":"1.00","reason":"half of it, agreed"}"""));
		assertThat(settled.get("state").stringValue()).isEqualTo("LOST");
		assertThat(settled.get("cost").stringValue()).isEqualTo("1.00");
		assertThat(settled.at("/ledger").valueStream().map((entry) -> entry.get("amount").stringValue()))
			.containsExactly("2.50", "1.00", "1.50");
		assertThat(settled.at("/ledger/1/reason").stringValue()).isEqualTo("half of it, agreed");
		post(id, "write_off", """
				{"charge":"1.00","reason":"again"}""").expectStatus().isBadRequest();
		assertThat(
				TestGateway.json(this.gateway.get(key, "/v1/videos/generations/" + id)).at("/error/code").stringValue())
			.isEqualTo("result_lost");
	}

	@Test
	void lostTaskThatUpstreamRemembersIsChargedAsUpstreamBilledIt() {
		String key = this.gateway.sandboxKey(this.gateway.team());
		String id = lost(key, "a found heron [[sim:run=1]]");
		String upstream = task(id).get("upstream_task_id").stringValue();
		Awaitility.await()
			.until(() -> this.jdbc
				.sql("select count(*) from dashscope_simulator.task where prompt like 'a found heron%'"
						+ " and created_at < now() - interval '3 seconds'")
				.query(Integer.class)
				.single(), (ended) -> ended == 1);
		JsonNode settled = TestGateway.json(post(id, "adopt", adoption(upstream)));
		assertThat(settled.get("state").stringValue()).isEqualTo("LOST");
		assertThat(settled.get("cost").stringValue()).isEqualTo("2.50");
	}

	@Test
	void opsAskUpstreamAtOnceAndCancel() {
		String key = this.gateway.sandboxKey(this.gateway.team());
		String id = submit(key, "[[sim:pending=60]]");
		await(id, (task) -> task.get("state").stringValue().equals("SUBMITTED"));
		int polls = task(id).get("polls").intValue();
		assertThat(TestGateway.json(post(id, "poll", REASON)).get("polls").intValue()).isGreaterThan(polls);
		assertThat(TestGateway.json(post(id, "cancel", REASON)).get("state").stringValue()).isEqualTo("CANCELLED");
		post(id, "poll", REASON).expectStatus().isBadRequest();
		post(id, "poll", "{}").expectStatus().isBadRequest().expectBody().jsonPath("$.error.param").isEqualTo("reason");
	}

	/**
	 * A submission whose answer is lost just after another program made the same task
	 * with the same account, for which there may first have to be a free slot: nobody can
	 * tell the two apart.
	 */
	private String doubtful() {
		List<String> before = unclaimed();
		String prompt = "twins " + UUID.randomUUID() + " [[sim:lost-answer*2]]";
		Awaitility.await().until(() -> createUpstream(prompt), Submission.Unknown.class::isInstance);
		String id = submit(this.gateway.sandboxKey(this.gateway.team()), prompt);
		await(id,
				(task) -> task.path("candidates").size() == 2 && task.get("candidates")
					.valueStream()
					.noneMatch((candidate) -> before.contains(candidate.get("upstream_task_id").stringValue())));
		return id;
	}

	private List<String> unclaimed() {
		return TestGateway.json(this.gateway.get(this.gateway.admin(), "/v1/admin/unclaimed_tasks?limit=100"))
			.get("data")
			.valueStream()
			.map((task) -> task.get("upstream_task_id").stringValue())
			.toList();
	}

	private Submission createUpstream(String prompt) {
		return this.upstreams.sandbox()
			.create(new VideoTask("wan2.6-i2v-flash",
					new VideoTask.Input(prompt, null, "https://example.com/photo.jpg", null, null),
					new VideoTask.Parameters("1080P", null, 5, null, null, true, false, null)));
	}

	private String ended(String upstreamTaskId) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> this.upstreams.sandbox().status(upstreamTaskId), TaskStatus.Succeeded.class::isInstance);
		return upstreamTaskId;
	}

	/** Let the last deadline pass for a task. */
	private String lost(String key, String prompt) {
		String id = submit(key, prompt);
		await(id, (task) -> task.path("upstream_task_id").isString());
		this.jdbc.sql("""
				update generation set submitted_at = submitted_at - interval '4 hours', due_at = now()
				 where id = :id""").param("id", uuid(id)).update();
		await(id, (task) -> task.get("state").stringValue().equals("LOST"));
		return id;
	}

	private String submit(String key, String prompt) {
		return TestGateway.json(this.gateway.post(key, "/v1/videos/generations", """
				{"model":"wan2.6-flash","image_urls":["https://example.com/photo.jpg"],"prompt":"%s"}"""
			.formatted(prompt))).get("id").stringValue();
	}

	private JsonNode await(String id, Predicate<JsonNode> reached) {
		return Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> task(id), reached);
	}

	private JsonNode task(String id) {
		return TestGateway.json(this.gateway.get(this.gateway.admin(), "/v1/admin/tasks/" + id));
	}

	private ResponseSpec post(String id, String action, String body) {
		return this.gateway.post(this.gateway.admin(), "/v1/admin/tasks/%s/%s".formatted(id, action), body);
	}

	private static String adoption(String upstreamTaskId) {
		return """
				{"upstream_task_id":"%s","reason":"looked at it with Alibaba"}""".formatted(upstreamTaskId);
	}

	private static boolean ended(JsonNode task) {
		return task.path("cost").isString();
	}

	private static UUID uuid(String id) {
		return GenerationId.parse(id).orElseThrow().value();
	}

	private String audited(String id) {
		return this.jdbc.sql("select action || ' ' || (after ->> 'reason') from audit_entry where subject = :id")
			.param("id", id)
			.query(String.class)
			.single();
	}

}
