package io.wangateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.client.EntityExchangeResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a team can learn of another's things: nothing, not even that they exist. */
@GatewayTest
class IsolationTests {

	private static final String TASKS = "/v1/videos/generations";

	/** How often the time of a look-up is taken. */
	private static final int TIMINGS = 60;

	@Autowired
	TestGateway gateway;

	private String theirKey;

	private String key;

	/** Ids of another team's things, each beside one that nobody has. */
	private final List<Pair> pairs = new ArrayList<>();

	@BeforeEach
	void makeThings() {
		String theirTeam = this.gateway.team();
		JsonNode theirs = this.gateway.key(theirTeam, false);
		this.theirKey = theirs.get("key").stringValue();
		this.key = this.gateway.sandboxKey(this.gateway.team());
		String businessId = "order-" + UUID.randomUUID();
		String task = finish(this.theirKey, businessId);
		this.pairs.add(new Pair(task, task.substring(0, task.length() - 6) + "000000"));
		this.pairs.add(new Pair(businessId, "order-" + UUID.randomUUID()));
		String upload = TestGateway.json(this.gateway.bringImage(this.theirKey)).at("/data/id").stringValue();
		this.pairs.add(new Pair(upload, upload.substring(0, upload.length() - 6) + "000000"));
		this.pairs.add(new Pair(theirTeam, "team_999999999"));
		this.pairs.add(new Pair(theirs.get("id").stringValue(), "key_999999999"));
	}

	@Test
	void anothersThingsReadAsThingsThatNobodyHas() {
		int compared = 0;
		for (Operation operation : teamOperations()) {
			for (Pair pair : this.pairs) {
				if (operation.path().contains("{")) {
					compare(operation, operation.path().replaceAll("\\{[^}]*}", "#"), null, pair);
					compared++;
				}
				for (JsonNode parameter : operation.parameters("query")) {
					String query = "?%s=#".formatted(parameter.get("name").stringValue());
					compare(operation, operation.path().replaceAll("\\{[^}]*}", "none") + query, null, pair);
				}
				if (operation.bodySchema().at("/properties/ids").isObject()) {
					compare(operation, operation.path(), "{\"ids\": [\"#\"]}", pair);
				}
			}
		}
		assertThat(compared).isGreaterThan(20);
		JsonNode theirs = TestGateway
			.json(this.gateway.get(this.theirKey, TASKS + "/" + this.pairs.getFirst().theirs()));
		assertThat(theirs.get("status").stringValue()).isEqualTo("completed");
		this.gateway.get(this.theirKey, TASKS + "/" + this.pairs.getFirst().theirs() + "/content")
			.expectStatus()
			.isOk();
		this.gateway.get(this.theirKey, "/v1/uploads/" + this.pairs.get(2).theirs()).expectStatus().isOk();
	}

	@Test
	void everyTeamHasItsOwnBusinessIdsAndIdempotencyKeys() {
		String businessId = this.pairs.get(1).theirs();
		String request = request(businessId);
		String idempotencyKey = UUID.randomUUID().toString();
		String mine = TestGateway.json(this.gateway.post(this.key, TASKS, request, idempotencyKey))
			.get("id")
			.stringValue();
		String third = this.gateway.sandboxKey(this.gateway.team());
		this.gateway.post(third, TASKS, request, idempotencyKey)
			.expectStatus()
			.isOk()
			.expectHeader()
			.doesNotExist("Idempotent-Replayed");
		assertThat(TestGateway.json(this.gateway.get(this.key, TASKS + "/" + businessId)).get("id").stringValue())
			.isEqualTo(mine);
	}

	@Test
	void listsHoldTheTeamsOwnOnly() {
		assertThat(TestGateway.json(this.gateway.get(this.key, TASKS)).get("data")).isEmpty();
		assertThat(TestGateway.json(this.gateway.get(this.theirKey, TASKS)).get("data")).hasSize(1);
	}

	/** By the fastest quarter, as the slow ones tell of the machine. */
	@Test
	void anothersThingsTakeAsLongAsThingsThatNobodyHas() {
		for (Pair pair : this.pairs.subList(0, 2)) {
			long[] theirs = new long[TIMINGS];
			long[] nobodys = new long[TIMINGS];
			for (int i = 0; i < TIMINGS; i++) {
				theirs[i] = time(pair.theirs());
				nobodys[i] = time(pair.nobodys());
			}
			Arrays.sort(theirs);
			Arrays.sort(nobodys);
			double ratio = (double) theirs[TIMINGS / 4] / nobodys[TIMINGS / 4];
			assertThat(ratio).as("%s: %s against %s", pair, theirs[TIMINGS / 4], nobodys[TIMINGS / 4])
				.isBetween(0.5, 2.0);
		}
	}

	private long time(String id) {
		long start = System.nanoTime();
		this.gateway.get(this.key, TASKS + "/" + id).expectStatus().isNotFound();
		return System.nanoTime() - start;
	}

	private void compare(Operation operation, String path, String body, Pair pair) {
		assertThat(ask(operation, path, body, pair.theirs())).as("%s %s with %s", operation, path, pair)
			.isEqualTo(ask(operation, path, body, pair.nobodys()));
	}

	/** Status, headers and body, but for what differs from request to request. */
	private String ask(Operation operation, String path, String body, String id) {
		EntityExchangeResult<byte[]> answer = this.gateway
			.send(this.key, HttpMethod.valueOf(operation.method()), path.replace("#", id),
					(body != null) ? body.replace("#", id) : hasBody(operation) ? "{}" : null)
			.expectBody()
			.returnResult();
		String content = (answer.getResponseBodyContent() != null) ? new String(answer.getResponseBodyContent()) : "";
		return "%s %s %s".formatted(answer.getStatus(), new TreeSet<>(answer.getResponseHeaders().headerNames()),
				content.replace(id, "#").replaceAll("req_[0-9a-f]+", ""));
	}

	private static boolean hasBody(Operation operation) {
		return !operation.bodySchema().isMissingNode();
	}

	private List<Operation> teamOperations() {
		JsonNode description = TestGateway.json(this.gateway.get(this.key, "/v3/api-docs"));
		return Operation.of(description).stream().filter(Operation::isForTeams).toList();
	}

	private String finish(String owner, String businessId) {
		String id = TestGateway.json(this.gateway.post(owner, TASKS, request(businessId))).get("id").stringValue();
		await().atMost(Duration.ofSeconds(60))
			.until(() -> TestGateway.json(this.gateway.get(owner, TASKS + "/" + id))
				.get("status")
				.stringValue()
				.equals("completed"));
		return id;
	}

	private static String request(String businessId) {
		return """
				{"model": "wan2.6-flash", "image_urls": ["https://example.com/photo.jpg"], "client_business_id": "%s"}"""
			.formatted(businessId);
	}

	/**
	 * Two ids of the same form.
	 *
	 * @param theirs of a thing of another team
	 * @param nobodys of nothing
	 */
	private record Pair(String theirs, String nobodys) {
	}

}
