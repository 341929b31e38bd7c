package io.wangateway.openapi;

import java.nio.file.Path;

import io.wangateway.Chromium;
import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** The page on which people read the description, in a browser, under its own policy. */
@GatewayTest
class DocsPageTests {

	@Autowired
	TestGateway gateway;

	@LocalServerPort
	int port;

	private String key;

	private Chromium browser;

	@BeforeEach
	void openThePageWithAKey() throws Exception {
		Path program = Chromium.program().orElse(null);
		assumeThat(program).as("Chromium is installed").isNotNull();
		this.key = this.gateway.sandboxKey(this.gateway.team());
		this.browser = new Chromium(program);
		this.browser.open("http://localhost:%d/docs".formatted(this.port));
		this.browser.click(".btn.authorize");
		this.browser.type(".modal-ux input", this.key);
		this.browser.click(".modal-ux button.authorize");
		assertThat(this.browser.text(".modal-ux .auth-container")).contains("******");
		this.browser.click(".modal-ux .close-modal");
	}

	@AfterEach
	void close() throws Exception {
		if (this.browser != null) {
			this.browser.close();
		}
	}

	@Test
	void videoIsAskedForFromThePageAndListedThere() {
		String answered = execute("Generations-createGeneration");
		assertThat(answered).contains("200", "\"status\": \"queued\"");
		JsonNode tasks = TestGateway.json(this.gateway.get(this.key, "/v1/videos/generations")).get("data");
		assertThat(tasks).hasSize(1);
		String id = tasks.at("/0/id").stringValue();
		assertThat(answered).contains(id);
		assertThat(execute("Generations-listGenerations")).contains("200", id);
		assertThat(this.browser.complaints()).isEmpty();
	}

	/** Press Execute without filling anything in. */
	private String execute(String operation) {
		String block = "#operations-" + operation;
		this.browser.click(block + " .opblock-summary-control");
		this.browser.click(block + " button.execute");
		return await().until(() -> this.browser.text(block + " .live-responses-table .response"),
				(answer) -> answer.contains("\"object\""));
	}

}
