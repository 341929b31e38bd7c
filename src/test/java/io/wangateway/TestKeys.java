package io.wangateway;

import java.util.concurrent.atomic.AtomicInteger;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Makes teams, keys and operators as an admin does, over HTTP. */
@TestComponent
public class TestKeys {

	private static final AtomicInteger count = new AtomicInteger();

	private final RestTestClient client;

	private final String admin;

	TestKeys(RestTestClient client, @Value("${gateway.admin-key}") String admin) {
		this.client = client;
		this.admin = admin;
	}

	/** Return the key of an admin. */
	public String admin() {
		return this.admin;
	}

	/**
	 * Make a team with a name of its own.
	 * @return its id, such as {@code team_7}
	 */
	public String team() {
		return post("/v1/admin/teams", """
				{"name": "Team %d"}""".formatted(count.incrementAndGet())).get("id").stringValue();
	}

	/** Make a sandbox key of a team. */
	public String sandboxKey(String team) {
		return key(team, false);
	}

	/** Make a live key of a team. */
	public String liveKey(String team) {
		return key(team, true);
	}

	/**
	 * Make an operator.
	 * @param role such as {@code finance}
	 * @return their key
	 */
	public String operator(String role) {
		return post("/v1/admin/operators", """
				{"name": "Operator %d", "role": "%s"}""".formatted(count.incrementAndGet(), role)).get("key")
			.stringValue();
	}

	private String key(String team, boolean livemode) {
		return post("/v1/admin/teams/%s/keys".formatted(team), """
				{"name": "test", "livemode": %s}""".formatted(livemode)).get("key").stringValue();
	}

	private JsonNode post(String path, String body) {
		byte[] answer = this.client.post()
			.uri(path)
			.header(HttpHeaders.AUTHORIZATION, "Bearer " + this.admin)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody()
			.returnResult()
			.getResponseBodyContent();
		return JsonMapper.shared().readTree(answer);
	}

}
