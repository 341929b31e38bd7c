package io.wangateway.web;

import java.nio.charset.StandardCharsets;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** What callers are told when something is wrong. */
@GatewayTest
class ErrorsTests {

	@Autowired
	TestGateway gateway;

	@Autowired
	RestTestClient client;

	@Test
	void unknownRouteIsNotFound() {
		this.gateway.get(this.gateway.admin(), "/v1/admin/nothing").expectStatus().isNotFound().expectBody().json("""
				{"error": {"code": "not_found", "message": "There is no GET /v1/admin/nothing",
				 "type": "not_found_error"}}""");
	}

	@Test
	void wrongMethodIsToldTheRightOnes() {
		this.gateway.send(this.gateway.admin(), HttpMethod.PUT, "/v1/admin/teams", "{}")
			.expectStatus()
			.isEqualTo(405)
			.expectHeader()
			.value("Allow", (allow) -> assertThat(allow).contains("GET", "POST"))
			.expectBody()
			.json("""
					{"error": {"code": "method_not_allowed", "type": "invalid_request_error"}}""");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "application/x-www-form-urlencoded", "application/xml",
			"application/json;charset=utf-16" })
	void bodyMustBeJson(String type) {
		this.client.post()
			.uri("/v1/admin/teams")
			.header("Authorization", "Bearer " + this.gateway.admin())
			.headers((headers) -> headers.set("Content-Type", type))
			.body("{}".getBytes(StandardCharsets.UTF_8))
			.exchange()
			.expectStatus()
			.isEqualTo(415)
			.expectBody()
			.json("""
					{"error": {"code": "unsupported_media_type", "type": "invalid_request_error"}}""");
	}

	@Test
	void answerIsJsonOrNothing() {
		this.client.get()
			.uri("/v1/admin/teams")
			.header("Authorization", "Bearer " + this.gateway.admin())
			.header("Accept", "text/html")
			.exchange()
			.expectStatus()
			.isEqualTo(406)
			.expectHeader()
			.contentType("application/json")
			.expectBody()
			.json("""
					{"error": {"code": "not_acceptable", "message": "This route answers with application/json"}}""");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			limit=0|limit|limit must be a whole number from 1 to 100 (was 0)
			limit=1e1|limit|limit must be a whole number from 1 to 100 (was 1e1)
			limit=101|limit|limit must be a whole number from 1 to 100 (was 101)
			order=up|order|order must be one of asc, desc (was up)
			limit=1&limit=2|limit|limit was given 2 times
			limit=|limit|limit has no value
			limt=5|limt|limt is not known here; did you mean limit?
			xyz=5|xyz|xyz is not known here
			""")
	void wrongQueryIsRefused(String query, String param, String message) {
		this.gateway.get(this.gateway.admin(), "/v1/admin/teams?" + query)
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.json("""
					{"error": {"param": "%s", "message": "%s"}}""".formatted(param, message));
	}

	@ParameterizedTest
	@ValueSource(strings = { "limit=%ff", "%ff=1", "order=%e4%b8" })
	void undecodableQueryIsRefused(String query) {
		this.gateway.get(this.gateway.admin(), "/v1/admin/teams?" + query).expectStatus().isBadRequest();
	}

	@Test
	void requestIdIsTheCallers() {
		this.client.get()
			.uri("/v1/models")
			.header("X-Request-Id", "order-66/a")
			.exchange()
			.expectHeader()
			.valueEquals("X-Request-Id", "order-66/a")
			.expectBody()
			.json("""
					{"error": {"request_id": "order-66/a"}}""");
	}

	@ParameterizedTest
	@ValueSource(strings = { "two words", "129 characters" })
	void unusableRequestIdIsReplaced(String id) {
		String sent = id.startsWith("129") ? "x".repeat(129) : id;
		this.client.get()
			.uri("/v1/models")
			.header("X-Request-Id", sent)
			.exchange()
			.expectHeader()
			.value("X-Request-Id", (made) -> assertThat(made).matches("req_[0-9a-f]{32}"));
	}

	@ParameterizedTest
	@CsvSource({ "/v1/admin/audit?subject=%00, subject", "/v1/admin/tasks?client_business_id=a%00, client_business_id",
			"/v1/admin/usage?month=2026-11&label:a=%00b, label:a" })
	void characterThatTheDatabaseDoesNotHaveIsRefused(String path, String param) {
		this.gateway.get(this.gateway.admin(), path)
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.error.param")
			.isEqualTo(param);
	}

	@Test
	void requestIdIsOnSuccessesToo() {
		this.client.get().uri("/livez").exchange().expectStatus().isOk().expectHeader().exists("X-Request-Id");
	}

	@Test
	void bodyThatIsNoJsonIsRefused() {
		this.gateway.post(this.gateway.admin(), "/v1/admin/teams", "{\"name\": ")
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.json("""
					{"error": {"code": "invalid_json", "type": "invalid_request_error",
					 "message": "The body is not valid JSON: line 1, column 10"}}""");
		this.gateway.post(this.gateway.admin(), "/v1/admin/teams", "")
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.json("""
					{"error": {"code": "invalid_json"}}""");
	}

	@Test
	void bodyOverTheLimitIsRefused() {
		String body = "{\"name\":\"" + "x".repeat(StrictJson.MAX_BYTES) + "\"}";
		this.gateway.post(this.gateway.admin(), "/v1/admin/teams", body)
			.expectStatus()
			.isEqualTo(413)
			.expectBody()
			.json("""
					{"error": {"code": "request_too_large", "message": "The body may have at most 1048576 bytes"}}""");
	}

}
