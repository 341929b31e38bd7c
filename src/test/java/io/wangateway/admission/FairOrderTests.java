package io.wangateway.admission;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import io.wangateway.generation.GenerationId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Whose turn it is when several teams wait. */
@GatewayTest
class FairOrderTests {

	private static final String LANE = "/v1/admin/lanes/sandbox:wan2.6-r2v-flash";

	@Autowired
	private TestGateway gateway;

	@Autowired
	private JdbcClient jdbc;

	@BeforeEach
	void pause() {
		pause(true);
	}

	@AfterEach
	void resume() {
		pause(false);
	}

	@Test
	void teamsAreServedByWeightAndALateOneWaitsForOneTurnOfEachOther() {
		List<UUID> light = submit(1, 4);
		List<UUID> heavy = submit(2, 6);
		List<UUID> late = submit(1, 1);
		List<UUID> starts = starts(Stream.of(light, heavy, late).flatMap(List::stream).toList());
		assertThat(starts.subList(0, 3)).as("one turn of each").contains(light.get(0), heavy.get(0), late.get(0));
		assertThat(starts.subList(0, 7)).as("twice as many for twice the weight")
			.containsAll(light.subList(0, 2))
			.containsAll(heavy.subList(0, 4));
		assertThat(starts.stream().filter(light::contains)).as("first in, first out").containsExactlyElementsOf(light);
		assertThat(starts.stream().filter(heavy::contains)).containsExactlyElementsOf(heavy);
	}

	@Test
	void teamWithAFullQueueIsRefusedAndToldSo() {
		String team = team(1);
		this.gateway.patch(this.gateway.admin(), "/v1/admin/teams/" + team, """
				{"max_queued": 2}""").expectStatus().isOk();
		submit(team, "waits", 2);
		this.gateway.post(this.gateway.sandboxKey(team), "/v1/videos/generations", """
				{"model":"wan2.6-flash","image_urls":["https://example.com/photo.jpg"]}""")
			.expectStatus()
			.isEqualTo(429)
			.expectBody()
			.jsonPath("$.error.code")
			.isEqualTo("queue_full");
	}

	@Test
	void teamAtItsOwnCapLeavesItsTurnToOthers() {
		String capped = team(5);
		this.gateway.patch(this.gateway.admin(), "/v1/admin/teams/" + capped, """
				{"max_in_flight": 1}""").expectStatus().isOk();
		List<UUID> first = submit(capped, "[[sim:run=2]]", 2);
		List<UUID> second = submit(1, 2);
		List<UUID> starts = starts(Stream.of(first, second).flatMap(List::stream).toList());
		assertThat(starts.subList(0, 3)).contains(first.getFirst()).containsAll(second);
	}

	private List<UUID> submit(int weight, int count) {
		return submit(team(weight), "a cat", count);
	}

	private String team(int weight) {
		String team = this.gateway.team();
		this.gateway.patch(this.gateway.admin(), "/v1/admin/teams/" + team, """
				{"weight": %d}""".formatted(weight)).expectStatus().isOk();
		return team;
	}

	private List<UUID> submit(String team, String prompt, int count) {
		String key = this.gateway.sandboxKey(team);
		return IntStream.range(0, count)
			.mapToObj((_) -> TestGateway.json(this.gateway.post(key, "/v1/videos/generations",
					"""
							{"model":"wan2.6-flash","prompt":"%s","metadata":{"reference_urls":["https://example.com/a.jpg"]}}"""
						.formatted(prompt)))
				.get("id")
				.stringValue())
			.map((id) -> GenerationId.parse(id).orElseThrow().value())
			.toList();
	}

	/** Let the lane go on, and return the tasks in the order in which they got a slot. */
	private List<UUID> starts(List<UUID> tasks) {
		pause(false);
		return Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> this.jdbc
				.sql("select generation_id from attempt where generation_id = any (:ids) order by claimed_at")
				.param("ids", tasks.toArray(UUID[]::new))
				.query(UUID.class)
				.list(), (started) -> started.size() == tasks.size());
	}

	private void pause(boolean paused) {
		this.gateway.patch(this.gateway.admin(), LANE, """
				{"paused": %s}""".formatted(paused)).expectStatus().isOk();
	}

}
