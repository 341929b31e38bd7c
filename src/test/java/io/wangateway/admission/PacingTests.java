package io.wangateway.admission;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

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

/** No second sees more calls than upstream allows, whoever sends them and how late. */
@GatewayTest
class PacingTests {

	private static final String LANE = "sandbox:wan2.6-r2v-flash";

	@Autowired
	private TestGateway gateway;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Lanes lanes;

	@Autowired
	private SandboxServer simulator;

	@AfterEach
	void limitAgain() {
		this.gateway.patch(this.gateway.admin(), "/v1/admin/lanes/" + LANE, """
				{"max_in_flight": null}""").expectStatus().isOk();
		new SimulatorControl(this.simulator).reset();
	}

	@Test
	void burstOfTasksIsSentFiveASecondAndUpstreamRefusesNone() {
		new SimulatorControl(this.simulator).change("""
				{"limits": {"in-processing": 0}}""");
		this.gateway.patch(this.gateway.admin(), "/v1/admin/lanes/" + LANE, """
				{"max_in_flight": 50}""").expectStatus().isOk();
		String key = this.gateway.sandboxKey(this.gateway.team());
		UUID[] ids = IntStream.range(0, 12).mapToObj((_) -> submit(key)).toArray(UUID[]::new);
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> number("""
					select count(*) from generation where id = any (:ids) and submitted_at is null""", ids),
					(open) -> open == 0);
		assertThat(number("""
				select count(*) from attempt where generation_id = any (:ids) and outcome <> 'accepted'""", ids))
			.isZero();
		assertThat(number("""
				select max(calls)
				  from (select count(*) over (order by t.created_at
				                              range between current row and '999 milliseconds' following) as calls
				          from dashscope_simulator.task t
				         where t.id::text in (select upstream_task_id from generation where id = any (:ids))) second""",
				ids))
			.isLessThanOrEqualTo(5);
	}

	@Test
	void senderThatMissedItsTimeMustTakeAnother() throws InterruptedException {
		SendTime missed = new SendTime(System.nanoTime() - Duration.ofMillis(200).toNanos());
		assertThat(missed.await()).isFalse();
		List<SendTime> others = List.of(this.lanes.nextSendTime(LANE), this.lanes.nextSendTime(LANE));
		assertThat(others.getFirst().await()).isTrue();
		assertThat(Duration.ofNanos(others.getLast().atNanos() - others.getFirst().atNanos()))
			.isGreaterThan(Duration.ofMillis(200));
	}

	private UUID submit(String key) {
		String id = TestGateway.json(this.gateway.post(key, "/v1/videos/generations", """
				{"model":"wan2.6-flash","metadata":{"reference_urls":["https://example.com/a.jpg"]}}"""))
			.get("id")
			.stringValue();
		return GenerationId.parse(id).orElseThrow().value();
	}

	private long number(String sql, UUID[] ids) {
		return this.jdbc.sql(sql).param("ids", ids).query(Long.class).single();
	}

}
