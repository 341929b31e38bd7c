package io.wangateway.team;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Who gets in, and what the others are told. */
@GatewayTest
class AuthenticationTests {

	@Autowired
	TestGateway gateway;

	@Autowired
	RestTestClient client;

	@Test
	void requestWithoutKeyIsToldWhatToSend() {
		this.client.get()
			.uri("/v1/models")
			.exchange()
			.expectStatus()
			.isUnauthorized()
			.expectHeader()
			.valueEquals("WWW-Authenticate", "Bearer")
			.expectBody()
			.json("""
					{"error": {"code": "unauthorized", "type": "authentication_error",
					 "message": "This needs a key: send Authorization: Bearer <key>"}}""");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer", "Bearer ", "Basic dGVzdA==", "sk-live-abc", "Bearer a b",
			"Bearer \u00e4\u00f6\u00fc" })
	void malformedHeaderIsUnauthorized(String header) {
		this.client.get().uri("/v1/models").header("Authorization", header).exchange().expectStatus().isUnauthorized();
	}

	@ParameterizedTest
	@ValueSource(strings = { "sk-live-0000000000000000000000000000000000000000000000000", "sk-live-", "x",
			"sk-op-0000000000000000000000000000000000000000000000000" })
	void unknownKeyIsUnauthorized(String key) {
		this.gateway.get(key, "/v1/models").expectStatus().isUnauthorized().expectBody().json("""
				{"error": {"code": "unauthorized", "message": "This key is not known, has expired or was revoked"}}""");
	}

	@Test
	void schemeMayBeWrittenInAnyCase() {
		this.client.get()
			.uri("/v1/admin/teams")
			.header("Authorization", "bearer  " + this.gateway.admin())
			.exchange()
			.expectStatus()
			.isOk();
	}

	@Test
	void unknownPathsNeedAKeyToo() {
		this.client.get().uri("/nothing-here").exchange().expectStatus().isUnauthorized();
		this.gateway.get(this.gateway.sandboxKey(this.gateway.team()), "/nothing-here").expectStatus().isNotFound();
	}

	@Test
	void teamsAndOperatorsHaveRoutesOfTheirOwn() {
		String team = this.gateway.sandboxKey(this.gateway.team());
		this.gateway.get(team, "/v1/admin/teams").expectStatus().isForbidden().expectBody().json("""
				{"error": {"code": "permission_denied", "type": "permission_error",
				 "message": "Operators use /v1/admin with their key, teams all other routes with theirs"}}""");
		this.gateway.get(this.gateway.admin(), "/v1/models").expectStatus().isForbidden();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/livez", "/readyz" })
	void probesNeedNoKey(String path) {
		this.client.get().uri(path).exchange().expectStatus().isOk().expectBody().json("""
				{"status": "UP"}""");
	}

	@Test
	void metricsAreNotOnThePublicPort() {
		this.client.get().uri("/actuator/prometheus").exchange().expectStatus().isUnauthorized();
		this.gateway.get(this.gateway.admin(), "/actuator/prometheus").expectStatus().isNotFound();
	}

	@Test
	void answersCarryTheHeadersThatBrowsersNeed() {
		this.gateway.get(this.gateway.admin(), "/v1/admin/teams")
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals("X-Content-Type-Options", "nosniff")
			.expectHeader()
			.valueEquals("X-Frame-Options", "DENY")
			.expectHeader()
			.value("Cache-Control", (value) -> assertThat(value).contains("no-store"))
			.expectHeader()
			.valueEquals("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
			.expectHeader()
			.doesNotExist("Access-Control-Allow-Origin")
			.expectHeader()
			.doesNotExist("Set-Cookie");
	}

}
