package io.wangateway.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import io.wangateway.TestEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The gateway that speaks TLS itself, with a key that {@code keytool} made. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(TestEnvironment.class)
@DirtiesContext
class TlsTests {

	private static final String PASSWORD = "of-the-key-store";

	@TempDir
	static Path folder;

	@LocalServerPort
	int port;

	@Value("${local.management.port}")
	int managementPort;

	@Value("${gateway.admin-key}")
	String admin;

	private HttpClient client;

	@DynamicPropertySource
	static void speakTls(DynamicPropertyRegistry settings) throws Exception {
		Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
		assertThat(new ProcessBuilder(keytool.toString(), "-genkeypair", "-alias", "gateway", "-keyalg", "EC", "-dname",
				"CN=localhost", "-ext", "SAN=DNS:localhost", "-validity", "2", "-storetype", "PKCS12", "-keystore",
				keyStore().toString(), "-storepass", PASSWORD)
			.inheritIO()
			.start()
			.waitFor()).isZero();
		settings.add("server.ssl.key-store", () -> "file:" + keyStore());
		settings.add("server.ssl.key-store-password", () -> PASSWORD);
	}

	private static Path keyStore() {
		return folder.resolve("tls.p12");
	}

	@BeforeEach
	void trustThatKey() throws GeneralSecurityException, IOException {
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream file = Files.newInputStream(keyStore())) {
			keys.load(file, PASSWORD.toCharArray());
		}
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("gateway", keys.getCertificate("gateway"));
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(trusted);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trust.getTrustManagers(), null);
		this.client = HttpClient.newBuilder().sslContext(context).build();
	}

	@AfterEach
	void close() {
		this.client.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/docs", "/v3/api-docs", "/readyz", "/v1/models", "/v1/admin/teams", "/nothing",
			"/files/none.mp4" })
	void browsersAreToldToStayWithTls(String path) throws Exception {
		assertThat(get("https://localhost:%d%s".formatted(this.port, path), "").headers()
			.firstValue("Strict-Transport-Security")).hasValue("max-age=31536000 ; includeSubDomains");
	}

	@Test
	void linksLeadToTheGatewayOverTls() throws Exception {
		String team = send("POST", "/v1/admin/teams", this.admin, "{\"name\": \"tls\"}").get("id").stringValue();
		String key = send("POST", "/v1/admin/teams/%s/keys".formatted(team), this.admin,
				"{\"name\": \"tls\", \"livemode\": false}")
			.get("key")
			.stringValue();
		String task = send("POST", "/v1/videos/generations", key, """
				{"model": "wan2.6-flash", "image_urls": ["https://example.com/photo.jpg"]}""").get("id").stringValue();
		JsonNode finished = await().atMost(Duration.ofMinutes(1))
			.until(() -> send("GET", "/v1/tasks/" + task, key, ""),
					(read) -> read.get("status").stringValue().equals("completed"));
		String link = finished.at("/result/data/0/url").stringValue();
		assertThat(link).startsWith("https://localhost:%d/files/".formatted(this.port));
		assertThat(get(link, "").headers().firstValue("Content-Type")).hasValue("video/mp4");
	}

	@Test
	void withoutTlsNothingIsToldThere() throws Exception {
		HttpResponse<String> answer = get("http://localhost:%d/v1/models".formatted(this.port), "");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(get("http://127.0.0.1:%d/actuator/health".formatted(this.managementPort), "").statusCode())
			.isEqualTo(200);
	}

	private HttpResponse<String> get(String url, String key) throws Exception {
		return this.client.send(
				HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + key).build(),
				BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
	}

	private JsonNode send(String method, String path, String key, String body) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:%d%s".formatted(this.port, path)))
			.header("Authorization", "Bearer " + key)
			.header("Content-Type", "application/json")
			.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
			.build();
		HttpResponse<String> answer = this.client.send(request, BodyHandlers.ofString());
		assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
		return JsonMapper.shared().readTree(answer.body());
	}

}
