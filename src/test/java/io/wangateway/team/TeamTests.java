package io.wangateway.team;

import io.wangateway.GatewayTest;
import io.wangateway.TestKeys;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

/** Teams, as admins make and change them. */
@GatewayTest
class TeamTests {

	@Autowired
	RestTestClient client;

	@Autowired
	TestKeys keys;

	@Test
	void nameIsEnough() {
		send(HttpMethod.POST, "/v1/admin/teams", """
				{"name": "Trailers"}""").expectStatus()
			.isCreated()
			.expectBody()
			.json("""
					{"object": "team", "name": "Trailers", "weight": 1, "max_queued": 10000, "retention_days": 90,
					 "upload_quota_bytes": 10737418240, "suspended": false, "labels": {}}""")
			.jsonPath("$.cost_center")
			.doesNotExist();
	}

	private ResponseSpec send(HttpMethod method, String path, String body) {
		return this.client.method(method)
			.uri(path)
			.header("Authorization", "Bearer " + this.keys.admin())
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange();
	}

}
