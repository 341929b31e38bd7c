package io.wangateway.team;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Operators, as admins name and dismiss them. */
@GatewayTest
class OperatorTests {

	@Autowired
	TestGateway gateway;

	@Autowired
	JdbcClient jdbc;

	@Test
	void operatorIsTheirKey() {
		JsonNode operator = create(TestGateway.name(), "finance");
		assertThat(operator.get("key").stringValue()).matches("sk-op-[0-9A-Za-z]{49}");
		assertThat(operator.get("role").stringValue()).isEqualTo("finance");
		String list = TestGateway.json(this.gateway.get(this.gateway.admin(), "/v1/admin/operators")).toString();
		assertThat(list).contains(operator.get("id").stringValue()).doesNotContain(operator.get("key").stringValue());
	}

	@Test
	void unknownRoleIsRefusedWithTheKnownOnes() {
		this.gateway.post(this.gateway.admin(), "/v1/admin/operators", """
				{"name": "Li", "role": "boss"}""").expectStatus().isBadRequest().expectBody().json("""
				{"error": {"param": "role", "message": "role must be one of admin, finance, ops (was \\"boss\\")"}}""");
	}

	@Test
	void nameIsTakenUntilItsOperatorIsDeleted() {
		String name = TestGateway.name();
		String id = create(name, "ops").get("id").stringValue();
		String body = """
				{"name": "%s", "role": "ops"}""".formatted(name);
		this.gateway.post(this.gateway.admin(), "/v1/admin/operators", body).expectStatus().isBadRequest();
		this.gateway.delete(this.gateway.admin(), "/v1/admin/operators/" + id).expectStatus().isOk();
		this.gateway.post(this.gateway.admin(), "/v1/admin/operators", body).expectStatus().isCreated();
		this.gateway.post(this.gateway.admin(), "/v1/admin/operators", """
				{"name": "Bootstrap", "role": "ops"}""").expectStatus().isBadRequest();
	}

	@Test
	void otherConstraintThanTheNamesIsNotToldAsATakenName() {
		String name = TestGateway.name();
		this.jdbc.sql("alter table operator add constraint unforeseen check (name <> '%s') not valid".formatted(name))
			.update();
		try {
			this.gateway.post(this.gateway.admin(), "/v1/admin/operators", """
					{"name": "%s", "role": "ops"}""".formatted(name))
				.expectStatus()
				.isEqualTo(500)
				.expectBody()
				.jsonPath("$.error.code")
				.isEqualTo("internal_error");
		}
		finally {
			this.jdbc.sql("alter table operator drop constraint unforeseen").update();
		}
	}

	@Test
	void deletedOperatorIsLockedOut() {
		JsonNode operator = create(TestGateway.name(), "ops");
		String key = operator.get("key").stringValue();
		this.gateway.get(key, "/v1/admin/alerts").expectStatus().isOk();
		this.gateway.delete(this.gateway.admin(), "/v1/admin/operators/" + operator.get("id").stringValue())
			.expectStatus()
			.isOk();
		this.gateway.get(key, "/v1/admin/alerts").expectStatus().isUnauthorized();
		this.gateway.delete(this.gateway.admin(), "/v1/admin/operators/" + operator.get("id").stringValue())
			.expectStatus()
			.isNotFound();
	}

	@Test
	void lastAdminStays() {
		this.gateway.delete(this.gateway.admin(), "/v1/admin/operators/op_1")
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.json("""
					{"error": {"code": "invalid_request", "message": "op_1 is the last admin and can't be deleted"}}""");
		String second = create(TestGateway.name(), "admin").get("id").stringValue();
		this.gateway.delete(this.gateway.admin(), "/v1/admin/operators/" + second).expectStatus().isOk();
	}

	private JsonNode create(String name, String role) {
		return TestGateway.json(this.gateway.post(this.gateway.admin(), "/v1/admin/operators", """
				{"name": "%s", "role": "%s"}""".formatted(name, role)));
	}

}
