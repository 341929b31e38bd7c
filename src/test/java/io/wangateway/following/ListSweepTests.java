package io.wangateway.following;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.wangateway.GatewayTest;
import io.wangateway.SimulatorControl;
import io.wangateway.TestGateway;
import io.wangateway.generation.GenerationId;
import io.wangateway.sandbox.SandboxServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Where many tasks are live, upstream's list tells how they stand. */
@GatewayTest
class ListSweepTests {

	private static final String LANE = "/v1/admin/lanes/sandbox:wan2.6-r2v-flash";

	private static final int MANY = 24;

	@Autowired
	private TestGateway gateway;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private SandboxServer simulator;

	@AfterEach
	void limitAgain() {
		this.gateway.patch(this.gateway.admin(), LANE, """
				{"max_in_flight": null, "submissions_per_second": null}""").expectStatus().isOk();
		new SimulatorControl(this.simulator).reset();
	}

	@Test
	void manyLiveTasksAreFollowedByTheListAndOnlyTheirEndsAreAskedFor() {
		new SimulatorControl(this.simulator).change("""
				{"limits": {"in-processing": 0, "submissions-per-second": 0}}""");
		this.gateway.patch(this.gateway.admin(), LANE, """
				{"max_in_flight": 50, "submissions_per_second": 50}""").expectStatus().isOk();
		String key = this.gateway.sandboxKey(this.gateway.team());
		String first = submit(key, "[[sim:pending=6]] [[sim:run=4]]");
		List<String> others = IntStream.range(1, MANY)
			.mapToObj((number) -> submit(key, "[[sim:pending=6]] [[sim:run=9]]"))
			.toList();
		awaitAllEnded(List.of(first));
		assertThat(stillLive(others)).as("the others run on").isEqualTo(MANY - 1);
		awaitAllEnded(others);
		List<String> all = Stream.concat(Stream.of(first), others.stream()).toList();
		assertThat(startedAsListed(all)).as("seen to begin by the list alone").isGreaterThan(MANY / 2);
		assertThat(secondsLate(all)).as("slowest end seen, in seconds").isLessThan(8);
		// Twice before the list had come for the first time, and when it said that they
		// were gone; asked one by one they would be asked a dozen times each.
		assertThat(pollsEach(all)).isLessThan(5);
	}

	private String submit(String key, String prompt) {
		return TestGateway.json(this.gateway.post(key, "/v1/videos/generations", """
				{"model":"wan2.6-flash","prompt":"%s","metadata":{"reference_urls":["https://example.com/a.jpg"]}}"""
			.formatted(prompt))).get("id").stringValue();
	}

	private void awaitAllEnded(List<String> ids) {
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> stillLive(ids), (live) -> live == 0);
	}

	private long stillLive(List<String> ids) {
		return number("select count(*) from generation where id = any (:ids) and ended_at is null", ids).longValue();
	}

	private long startedAsListed(List<String> ids) {
		return number("""
				select count(*) from generation_step
				 where generation_id = any (:ids) and cause = 'running upstream, as listed'""", ids).longValue();
	}

	private double secondsLate(List<String> ids) {
		return number("""
				select extract(epoch from max(ended_at - upstream_ended_at)) from generation where id = any (:ids)""",
				ids)
			.doubleValue();
	}

	private double pollsEach(List<String> ids) {
		return number("select avg(polls) from generation where id = any (:ids)", ids).doubleValue();
	}

	private Number number(String sql, List<String> ids) {
		return this.jdbc.sql(sql)
			.param("ids", ids.stream().map((id) -> GenerationId.parse(id).orElseThrow().value()).toArray(UUID[]::new))
			.query(Number.class)
			.single();
	}

}
