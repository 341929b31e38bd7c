package io.wangateway.team;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.IllegalTransactionStateException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The trail of what operators do. */
@GatewayTest
class AuditTests {

	@Autowired
	TestGateway gateway;

	@Autowired
	RestTestClient client;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	Audit audit;

	@Test
	void changeIsRecordedWithWhoBeforeAfterAndRequest() {
		String team = this.gateway.team();
		this.client.patch()
			.uri("/v1/admin/teams/" + team)
			.header("Authorization", "Bearer " + this.gateway.admin())
			.header("X-Request-Id", "audited-request")
			.header("Content-Type", "application/json")
			.body("""
					{"suspended": true}""")
			.exchange()
			.expectStatus()
			.isOk();
		this.gateway.get(this.gateway.admin(), "/v1/admin/audit?limit=1&subject=" + team)
			.expectStatus()
			.isOk()
			.expectBody()
			.json("""
					{"object": "list", "data": [{"object": "audit_entry", "operator": "op_1", "actor": "bootstrap",
					 "action": "team.change", "subject": "%s", "request_id": "audited-request",
					 "before": {"suspended": false}, "after": {"suspended": true}}], "has_more": true}"""
				.formatted(team));
	}

	@Test
	void keyEventsAreRecordedWithoutTheKey() {
		String team = this.gateway.team();
		JsonNode key = this.gateway.key(team, false);
		String path = "/v1/admin/teams/%s/keys/%s".formatted(team, key.get("id").stringValue());
		this.gateway.post(this.gateway.admin(), path + "/rotate", "{}").expectStatus().isOk();
		this.gateway.delete(this.gateway.admin(), path).expectStatus().isOk();
		JsonNode trail = TestGateway.json(this.gateway.get(this.gateway.admin(),
				"/v1/admin/audit?order=asc&subject=" + key.get("id").stringValue()));
		assertThat(trail.get("data").valueStream().map((entry) -> entry.get("action").stringValue()))
			.containsExactly("key.create", "key.rotate", "key.revoke");
		assertThat(trail.toString()).doesNotContain(key.get("key").stringValue());
	}

	@Test
	void refusedChangeLeavesNoTrace() {
		String team = this.gateway.team();
		this.gateway.patch(this.gateway.admin(), "/v1/admin/teams/" + team, """
				{"weight": 0}""").expectStatus().isBadRequest();
		assertThat(TestGateway.json(this.gateway.get(this.gateway.admin(), "/v1/admin/audit?subject=" + team))
			.get("data")
			.size()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "update audit_entry set actor = 'nobody'", "delete from audit_entry", "truncate audit_entry" })
	void trailCanOnlyGrow(String sql) {
		assertThatExceptionOfType(DataIntegrityViolationException.class).isThrownBy(() -> this.jdbc.sql(sql).update())
			.withMessageContaining("audit_entry is append-only");
	}

	@Test
	void deedAndEntryShareATransaction() {
		assertThatExceptionOfType(IllegalTransactionStateException.class)
			.isThrownBy(() -> this.audit.record(new Caller.Operator(1, "x", Role.OPS), "a.b", "c", null, null));
	}

}
