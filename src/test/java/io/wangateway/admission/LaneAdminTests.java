package io.wangateway.admission;

import java.time.Duration;
import java.util.List;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import io.wangateway.generation.GenerationId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Ops change the limits of a lane, stop it and let it go on. */
@GatewayTest
class LaneAdminTests {

	private static final String LANE = "sandbox:wan2.6-r2v-flash";

	@Autowired
	private TestGateway gateway;

	@Autowired
	private Lanes lanes;

	@Autowired
	private JdbcClient jdbc;

	@AfterEach
	void letGo() {
		patch("""
				{"max_in_flight": null, "submissions_per_second": null, "paused": false}""");
	}

	@Test
	void pausedLaneSendsNothingUntilItIsResumed() {
		patch("""
				{"paused": true}""");
		String team = this.gateway.team();
		String key = this.gateway.sandboxKey(team);
		String id = submit(key);
		JsonNode waiting = Awaitility.await().until(() -> task(key, id), (task) -> task.at("/queue/reason").isString());
		assertThat(waiting.get("status").stringValue()).isEqualTo("queued");
		assertThat(waiting.at("/queue/reason").stringValue()).isEqualTo("lane_paused");
		assertThat(waiting.at("/queue/eta_seconds").isMissingNode()).isTrue();
		JsonNode lane = lane();
		assertThat(lane.get("paused").booleanValue()).isTrue();
		assertThat(lane.get("queued").intValue()).isPositive();
		assertThat(lane.get("teams").valueStream().map((share) -> share.at("/team").stringValue())).contains(team);
		patch("""
				{"paused": false}""");
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> task(key, id).get("status").stringValue(), "completed"::equals);
	}

	/**
	 * It says nothing of how busy upstream is now, and came late in one run of all tests.
	 */
	@Test
	void whatWasSentBeforeARestDoesNotMakeTheNextOneShort() {
		awaitNoRest();
		this.lanes.unthrottle(LANE);
		this.lanes.throttle(LANE);
		this.lanes.unthrottle(LANE);
		assertThat(throttles()).isEqualTo(1);
		awaitNoRest();
		this.lanes.unthrottle(LANE);
		assertThat(throttles()).isZero();
	}

	@Test
	void changesTakeEffectWithinASecond() {
		String key = this.gateway.sandboxKey(this.gateway.team());
		patch("""
				{"max_in_flight": 0}""");
		String first = submit(key);
		assertThat(secondsUntilSent(first, """
				{"max_in_flight": 5, "submissions_per_second": 1}""")).isLessThan(1);
		// A second and more after the last one, as it was until now.
		assertThat(secondsUntilSent(submit(key), """
				{"submissions_per_second": 50}""")).isLessThan(1);
		patch("""
				{"paused": true}""");
		String third = submit(key);
		assertThat(secondsUntilSent(third, """
				{"paused": false}""")).isLessThan(1);
	}

	@Test
	void lanePausesWhenUpstreamIsBusyAndGoesOnByItself() {
		String key = this.gateway.sandboxKey(this.gateway.team());
		String id = submit(key, "[[sim:429*2]]");
		JsonNode ended = Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> task(key, id), (task) -> !task.get("status").stringValue().equals("queued"));
		assertThat(ended.get("status").stringValue()).isIn("in_progress", "completed");
		List<String> attempts = attempts(id).query((row, _) -> row.getString("outcome")).list();
		assertThat(attempts).containsExactly("not_taken", "not_taken", "accepted");
		List<Double> times = attempts(id).query((row, _) -> row.getDouble("at")).list();
		assertThat(times.get(1) - times.get(0)).as("first rest").isBetween(0.5, 3.0);
		assertThat(times.get(2) - times.get(1)).as("second rest").isBetween(1.0, 5.0);
	}

	@Test
	void limitsOfOpsComeBeforeTheCataloguesUntilTheyAreCleared() {
		JsonNode patched = patch("""
				{"max_in_flight": 2, "submissions_per_second": 3}""");
		assertThat(patched.get("max_in_flight").intValue()).isEqualTo(2);
		assertThat(patched.get("submissions_per_second").doubleValue()).isEqualTo(3);
		assertThat(patched.at("/patched/max_in_flight").intValue()).isEqualTo(2);
		JsonNode cleared = patch("""
				{"max_in_flight": null}""");
		assertThat(cleared.get("max_in_flight").intValue()).isEqualTo(5);
		assertThat(cleared.get("submissions_per_second").doubleValue()).isEqualTo(3);
	}

	@Test
	void laneThatTheGatewayStoppedGoesOnWhenOpsSaySo() {
		this.lanes.stop(LANE, "DashScope refuses the account: Arrearage");
		assertThat(lane().get("stopped_reason").stringValue()).contains("Arrearage");
		assertThat(openAlerts()).isOne();
		assertThat(patch("""
				{"max_in_flight": 4}""").get("stopped_reason").stringValue()).contains("Arrearage");
		assertThat(patch("""
				{"paused": false}""").has("stopped_reason")).isFalse();
		assertThat(openAlerts()).isZero();
	}

	@Test
	void wrongChangesAreRefused() {
		for (String body : new String[] { "{\"max_in_flight\": -1}", "{\"submissions_per_second\": 0}",
				"{\"paused\": \"yes\"}", "{\"pauset\": true}" }) {
			this.gateway.patch(this.gateway.admin(), "/v1/admin/lanes/" + LANE, body).expectStatus().isBadRequest();
		}
		this.gateway.patch(this.gateway.admin(), "/v1/admin/lanes/none", "{}").expectStatus().isNotFound();
	}

	private long openAlerts() {
		return TestGateway.json(this.gateway.get(this.gateway.admin(), "/v1/admin/alerts?open=true&limit=100"))
			.get("data")
			.valueStream()
			.filter((alert) -> alert.get("kind").stringValue().equals("lane_stopped")
					&& alert.get("subject").stringValue().equals(LANE))
			.count();
	}

	private double secondsUntilSent(String id, String change) {
		double before = this.jdbc.sql("select extract(epoch from clock_timestamp())").query(Double.class).single();
		patch(change);
		return Awaitility.await()
			.until(() -> attempts(id).query((row, _) -> row.getDouble("at")).list(), (times) -> !times.isEmpty())
			.getFirst() - before;
	}

	private void awaitNoRest() {
		Awaitility.await()
			.until(() -> this.jdbc.sql("select throttled_until <= clock_timestamp() from lane where name = :name")
				.param("name", LANE)
				.query(Boolean.class)
				.single());
	}

	private int throttles() {
		return this.jdbc.sql("select throttles from lane where name = :name")
			.param("name", LANE)
			.query(Integer.class)
			.single();
	}

	private JdbcClient.StatementSpec attempts(String id) {
		return this.jdbc
			.sql("""
					select outcome, extract(epoch from claimed_at) as at from attempt where generation_id = :id order by id""")
			.param("id", GenerationId.parse(id).orElseThrow().value());
	}

	private String submit(String key) {
		return submit(key, "a cat");
	}

	private String submit(String key, String prompt) {
		return TestGateway.json(this.gateway.post(key, "/v1/videos/generations", """
				{"model":"wan2.6-flash","prompt":"%s","metadata":{"reference_urls":["https://example.com/a.jpg"]}}"""
			.formatted(prompt))).get("id").stringValue();
	}

	private JsonNode task(String key, String id) {
		return TestGateway.json(this.gateway.get(key, "/v1/videos/generations/" + id));
	}

	private JsonNode lane() {
		return TestGateway.json(this.gateway.get(this.gateway.admin(), "/v1/admin/lanes"))
			.get("data")
			.valueStream()
			.filter((lane) -> lane.get("name").stringValue().equals(LANE))
			.findFirst()
			.orElseThrow();
	}

	private JsonNode patch(String body) {
		return TestGateway.json(this.gateway.patch(this.gateway.admin(), "/v1/admin/lanes/" + LANE, body));
	}

}
