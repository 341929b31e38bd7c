package io.wangateway.following;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import io.wangateway.generation.GenerationId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Ends other than a video: cancelled, waited too long, lost. */
@GatewayTest
class EndingTests {

	@Autowired
	private TestGateway gateway;

	@Autowired
	private JdbcClient jdbc;

	private SandboxTasks tasks;

	@BeforeEach
	void watchTasks() {
		this.tasks = new SandboxTasks(this.gateway, this.jdbc);
	}

	@Test
	void taskThatRunsCannotBeCancelledAndIsCharged() {
		String key = this.tasks.key();
		String id = this.tasks.submit(key, "[[sim:run=3]]");
		this.tasks.await(key, id, (task) -> task.get("status").stringValue().equals("in_progress"));
		this.tasks.cancel(key, id)
			.expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.error.code")
			.isEqualTo("task_not_cancellable");
		assertThat(this.tasks.await(key, id, SandboxTasks::ended).at("/usage/cost").stringValue()).isEqualTo("2.50");
	}

	@Test
	void taskThatWaitsUpstreamIsCancelledThereAndCostsNothing() {
		String key = this.tasks.key();
		String id = this.tasks.submit(key, "[[sim:pending=60]]");
		this.tasks.await(id, "SUBMITTED");
		JsonNode task = TestGateway.json(this.tasks.cancel(key, id));
		assertThat(task.get("status").stringValue()).isEqualTo("failed");
		assertThat(task.at("/error/code").stringValue()).isEqualTo("request_cancelled");
		assertThat(task.at("/usage/cost").stringValue()).isEqualTo("0.00");
		assertThat(this.tasks.entries(id)).isEqualTo("hold release");
		JsonNode again = TestGateway.json(this.tasks.cancel(key, id));
		assertThat(again.at("/error/code").stringValue()).isEqualTo("request_cancelled");
	}

	@Test
	void taskThatWaitsWithUsIsCancelledAtOnce() {
		String team = this.gateway.team();
		String key = this.gateway.sandboxKey(team);
		this.gateway.patch(this.gateway.admin(), "/v1/admin/teams/" + team, """
				{"max_in_flight": 1}""").expectStatus().isOk();
		String first = this.tasks.submit(key, "[[sim:run=3]]");
		this.tasks.await(first, "SUBMITTED", "RUNNING");
		String second = this.tasks.submit(key, "waits");
		JsonNode task = TestGateway.json(this.tasks.cancel(key, second));
		assertThat(task.at("/error/code").stringValue()).isEqualTo("request_cancelled");
		assertThat(this.tasks.entries(second)).isEqualTo("hold release");
	}

	@Test
	void taskThatWaitedForADayFailsAndCostsNothing() {
		String team = this.gateway.team();
		String key = this.gateway.sandboxKey(team);
		this.gateway.patch(this.gateway.admin(), "/v1/admin/teams/" + team, """
				{"suspended": false, "max_in_flight": 1}""").expectStatus().isOk();
		String first = this.tasks.submit(key, "[[sim:run=4]]");
		this.tasks.await(first, "SUBMITTED", "RUNNING");
		String second = this.tasks.submit(key, "waits too long");
		this.jdbc.sql("update generation set created_at = created_at - interval '25 hours' where id = :id")
			.param("id", GenerationId.parse(second).orElseThrow().value())
			.update();
		JsonNode task = this.tasks.await(key, second, SandboxTasks::ended);
		assertThat(task.at("/error/code").stringValue()).isEqualTo("generation_timeout");
		assertThat(this.tasks.entries(second)).isEqualTo("hold release");
	}

	/** The call about the first one takes as long as any call may. */
	@Test
	void taskWhoseQueriesHangDelaysNoOther() {
		String key = this.tasks.key();
		String hanging = this.tasks.submit(key, "[[sim:poll-hang*1]] [[sim:run=1]]");
		this.tasks.await(hanging, "SUBMITTED");
		String other = this.tasks.submit(key, "goes on");
		this.tasks.await(key, other, SandboxTasks::ended);
		assertThat(this.tasks.get(key, hanging).get("status").stringValue()).isEqualTo("queued");
	}

	@Test
	void taskWithoutAnEndIsLostAndKeepsItsHold() {
		String key = this.tasks.key();
		String id = this.tasks.submit(key, "[[sim:run=60]]");
		this.tasks.await(id, "SUBMITTED", "RUNNING");
		this.jdbc.sql("update generation set submitted_at = submitted_at - interval '200 minutes' where id = :id")
			.param("id", GenerationId.parse(id).orElseThrow().value())
			.update();
		JsonNode task = this.tasks.await(key, id, SandboxTasks::ended);
		assertThat(task.at("/error/code").stringValue()).isEqualTo("result_lost");
		assertThat(task.at("/usage/state").stringValue()).isEqualTo("held");
		assertThat(this.tasks.entries(id)).isEqualTo("hold");
	}

}
