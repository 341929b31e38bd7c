package io.wangateway.web;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import jakarta.servlet.Filter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** What browsers are told, and what the management port tells. */
@GatewayTest
class TransportTests {

	@Autowired
	TestGateway gateway;

	@Autowired
	RestTestClient client;

	@Autowired
	WebApplicationContext context;

	@Autowired
	@Qualifier("springSecurityFilterChain")
	Filter security;

	@Value("${local.management.port}")
	int managementPort;

	@Test
	void browsersAreToldToStayWithTls() {
		MockMvcTester mvc = MockMvcTester.from(this.context, (builder) -> builder.addFilters(this.security).build());
		assertThat(mvc.get().uri("/v3/api-docs").secure(true)).hasStatusOk()
			.hasHeader("Strict-Transport-Security", "max-age=31536000 ; includeSubDomains");
		assertThat(mvc.get().uri("/v3/api-docs")).hasStatusOk().doesNotContainHeader("Strict-Transport-Security");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v1/models", "/v3/api-docs", "/docs", "/livez", "/files/x.mp4" })
	void pagesFromElsewhereAreNotLetIn(String path) {
		for (HttpMethod method : new HttpMethod[] { HttpMethod.OPTIONS, HttpMethod.GET }) {
			this.client.method(method)
				.uri(path)
				.header("Origin", "https://elsewhere.example")
				.header("Access-Control-Request-Method", "GET")
				.header("Access-Control-Request-Headers", "authorization")
				.exchange()
				.expectHeader()
				.doesNotExist("Access-Control-Allow-Origin")
				.expectHeader()
				.doesNotExist("Access-Control-Allow-Headers");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/docs", "/v3/api-docs", "/webjars/swagger-ui/swagger-ui.css", "/assets/docs.js", "/livez",
			"/nothing" })
	void nothingIsSniffedFramedOrReferred(String path) {
		this.client.get()
			.uri(path)
			.exchange()
			.expectHeader()
			.valueEquals("X-Content-Type-Options", "nosniff")
			.expectHeader()
			.valueEquals("X-Frame-Options", "DENY")
			.expectHeader()
			.valueEquals("Referrer-Policy", "no-referrer")
			.expectHeader()
			.value("Content-Security-Policy", (policy) -> assertThat(policy).startsWith("default-src 'none'"))
			.expectHeader()
			.doesNotExist("Server");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/webjars/swagger-ui/swagger-ui-bundle.js", "/assets/docs.js" })
	void partsOfPagesAreFetchedOnce(String path) {
		HttpHeaders first = this.client.get()
			.uri(path)
			.exchange()
			.expectHeader()
			.valueEquals("Cache-Control", "no-cache")
			.expectBody()
			.returnResult()
			.getResponseHeaders();
		this.client.get()
			.uri(path)
			.header("If-Modified-Since", first.getFirst("Last-Modified"))
			.exchange()
			.expectStatus()
			.isNotModified();
	}

	@ParameterizedTest
	@ValueSource(strings = { "env", "configprops", "heapdump", "threaddump", "beans", "mappings", "loggers", "shutdown",
			"conditions", "httpexchanges", "logfile", "sbom", "scheduledtasks", "flyway", "caches", "startup" })
	void managementPortTellsNoSecrets(String endpoint) {
		management("/actuator/" + endpoint).expectStatus().isNotFound();
	}

	@Test
	void managementPortTellsOfHealthAndMetrics() {
		management("/actuator/health").expectStatus().isOk().expectBody().jsonPath("$.components.db.status").exists();
		management("/actuator/prometheus").expectStatus().isOk();
		management("/v1/models").expectStatus().isNotFound();
	}

	private RestTestClient.ResponseSpec management(String path) {
		return RestTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + this.managementPort)
			.build()
			.get()
			.uri(path)
			.exchange();
	}

}
