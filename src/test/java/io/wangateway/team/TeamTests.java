package io.wangateway.team;

import java.util.List;
import java.util.Locale;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/** Teams, as admins make and change them. */
@GatewayTest
class TeamTests {

	@Autowired
	TestGateway gateway;

	@Autowired
	JdbcClient jdbc;

	@Test
	void nameIsEnough() {
		String name = TestGateway.name();
		JsonNode team = TestGateway.json(create("""
				{"name": "%s"}""".formatted(name)));
		assertThat(team.propertyNames()).containsExactly("id", "object", "name", "weight", "max_queued",
				"retention_days", "upload_quota_bytes", "suspended", "labels", "created_at");
		this.gateway.get(this.gateway.admin(), "/v1/admin/teams/" + team.get("id").stringValue())
			.expectStatus()
			.isOk()
			.expectBody()
			.json("""
					{"object": "team", "name": "%s", "weight": 1, "max_queued": 10000, "retention_days": 90,
					 "upload_quota_bytes": 10737418240, "suspended": false, "labels": {}}""".formatted(name));
	}

	@Test
	void everythingCanBeDecided() {
		create("""
				{"name": "%s", "cost_center": "CC 12", "weight": 3, "max_in_flight": 2, "max_queued": 1000000,
				 "retention_days": 30, "upload_quota_bytes": 0, "suspended": true, "labels": {"site": "Hangzhou"}}"""
			.formatted(TestGateway.name())).expectStatus()
			.isCreated()
			.expectBody()
			.json("""
					{"cost_center": "CC 12", "weight": 3, "max_in_flight": 2, "max_queued": 1000000,
					 "retention_days": 30, "upload_quota_bytes": 0, "suspended": true, "labels": {"site": "Hangzhou"}}""");
	}

	@Test
	void absentFieldsStayAndNullClears() {
		String team = TestGateway.json(create("""
				{"name": "%s", "cost_center": "CC 12", "max_in_flight": 2}""".formatted(TestGateway.name())))
			.get("id")
			.stringValue();
		JsonNode changed = TestGateway.json(change(team, """
				{"max_in_flight": null, "weight": 5}"""));
		assertThat(changed.has("max_in_flight")).isFalse();
		assertThat(changed.get("weight").intValue()).isEqualTo(5);
		assertThat(changed.get("cost_center").stringValue()).isEqualTo("CC 12");
	}

	@Test
	void everyWrongFieldIsToldAtOnce() {
		create("""
				{"weight": "3", "max_queued": 0, "suspended": 1, "labels": {"a b": "c", "d": 5}, "cost_centre": "x"}""")
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.json("""
					{"error": {"code": "invalid_request", "message": "name is required", "param": "name",
					 "type": "invalid_request_error", "errors": [
					  {"param": "name", "code": "invalid_request", "message": "name is required"},
					  {"param": "weight", "code": "invalid_request",
					   "message": "weight must be a whole number from 1 to 1000 (was \\"3\\")"},
					  {"param": "max_queued", "code": "invalid_request",
					   "message": "max_queued must be a whole number from 1 to 1000000 (was 0)"},
					  {"param": "suspended", "code": "invalid_request", "message": "suspended must be true or false (was 1)"},
					  {"param": "labels.a b", "code": "invalid_request",
					   "message": "The name of a label must be of the form [A-Za-z0-9._-]{1,64}"},
					  {"param": "labels.d", "code": "invalid_request",
					   "message": "labels.d must be a string of at most 256 characters (was 5)"},
					  {"param": "cost_centre", "code": "unknown_parameter",
					   "message": "cost_centre is not known here; did you mean cost_center?"}]}}""");
	}

	@Test
	void nameMustBeUniqueWhateverItsCase() {
		String name = TestGateway.name();
		String other = this.gateway.team();
		create("""
				{"name": "%s"}""".formatted(name)).expectStatus().isCreated();
		create("""
				{"name": "%s"}""".formatted(name.toUpperCase(Locale.ROOT))).expectStatus().isBadRequest();
		change(other, """
				{"name": "%s"}""".formatted(name)).expectStatus().isBadRequest().expectBody().json("""
				{"error": {"param": "name", "message": "There is another team named %s"}}""".formatted(name));
	}

	@Test
	void otherConstraintThanTheNamesIsNotToldAsATakenName() {
		String name = TestGateway.name();
		this.jdbc.sql("alter table team add constraint unforeseen check (name <> '%s') not valid".formatted(name))
			.update();
		try {
			create("""
					{"name": "%s"}""".formatted(name)).expectStatus()
				.isEqualTo(500)
				.expectBody()
				.jsonPath("$.error.code")
				.isEqualTo("internal_error");
		}
		finally {
			this.jdbc.sql("alter table team drop constraint unforeseen").update();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "team_999999", "team_0", "team_01", "team_", "1", "key_1", "team_99999999999" })
	void unknownTeamIsNotFound(String id) {
		this.gateway.get(this.gateway.admin(), "/v1/admin/teams/" + id)
			.expectStatus()
			.isNotFound()
			.expectBody()
			.json("""
					{"error": {"code": "not_found", "type": "not_found_error"}}""");
	}

	@Test
	void listGoesThroughAllTeamsPageByPage() {
		List<String> made = List.of(this.gateway.team(), this.gateway.team(), this.gateway.team());
		JsonNode first = list("?limit=2");
		assertThat(ids(first)).containsExactly(made.get(2), made.get(1));
		assertThat(first.get("has_more").booleanValue()).isTrue();
		assertThat(first.get("first_id").stringValue()).isEqualTo(made.get(2));
		JsonNode second = list("?limit=1&after=" + first.get("last_id").stringValue());
		assertThat(ids(second)).containsExactly(made.get(0));
		assertThat(ids(list("?order=asc&after=" + made.get(0)))).containsExactly(made.get(1), made.get(2));
		JsonNode last = list("?order=asc&after=" + made.get(2));
		assertThat(last.propertyNames()).containsExactly("object", "data", "has_more");
	}

	@Test
	void foreignPlaceInTheListIsRefused() {
		this.gateway.get(this.gateway.admin(), "/v1/admin/teams?after=key_7")
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.json("""
					{"error": {"code": "invalid_request", "param": "after"}}""");
	}

	private ResponseSpec create(String body) {
		return this.gateway.post(this.gateway.admin(), "/v1/admin/teams", body);
	}

	private ResponseSpec change(String team, String body) {
		return this.gateway.patch(this.gateway.admin(), "/v1/admin/teams/" + team, body);
	}

	private JsonNode list(String query) {
		return TestGateway.json(this.gateway.get(this.gateway.admin(), "/v1/admin/teams" + query));
	}

	private static List<String> ids(JsonNode list) {
		return list.get("data").valueStream().map((team) -> team.get("id").stringValue()).toList();
	}

}
