package io.wangateway.upload;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Media that teams bring, over HTTP. */
@GatewayTest
class UploadTests {

	@Autowired
	private TestGateway gateway;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private UploadSweep sweep;

	@Value("${local.server.port}")
	private int port;

	@Value("${gateway.data-dir}")
	private Path folder;

	private final HttpClient http = HttpClient.newHttpClient();

	private String team;

	private String key;

	private byte[] png;

	@BeforeEach
	void makeTeam() {
		this.team = this.gateway.team();
		this.key = this.gateway.sandboxKey(this.team);
		this.png = Samples.uniquePng();
	}

	@Test
	void imageIsTakenAndServedAgain() {
		JsonNode answer = json(bring("images", this.png));
		assertThat(answer.get("success").booleanValue()).isTrue();
		assertThat(answer.get("message").stringValue()).isEmpty();
		JsonNode data = answer.get("data");
		assertThat(data.get("id").stringValue()).startsWith("upload_");
		assertThat(data.get("mime_type").stringValue()).isEqualTo("image/png");
		assertThat(data.get("size").intValue()).isEqualTo(this.png.length);
		assertThat(data.get("sha256").stringValue()).hasSize(64);
		assertThat(data.get("expires_at").isIntegralNumber()).isTrue();
		HttpResponse<byte[]> served = fetch(data.get("url").stringValue());
		assertThat(served.statusCode()).isEqualTo(200);
		assertThat(served.headers().firstValue("Content-Type")).hasValue("image/png");
		assertThat(served.body()).isEqualTo(this.png);
		assertThat(fetch(data.get("url").stringValue().replaceFirst("signature=.", "signature=")).statusCode())
			.isEqualTo(403);
	}

	@ParameterizedTest
	@CsvSource({ "film.mp4, video/mp4, .mp4", "film.mov, video/quicktime, .mov" })
	void videoIsTaken(String name, String mimeType, String ending) {
		JsonNode data = json(bring("videos", Samples.read(name))).get("data");
		assertThat(data.get("mime_type").stringValue()).isEqualTo(mimeType);
		assertThat(URI.create(data.get("url").stringValue()).getPath()).endsWith(ending);
		HttpResponse<byte[]> part = exchange(
				HttpRequest.newBuilder(URI.create(data.get("url").stringValue())).header("Range", "bytes=4-7").build());
		assertThat(part.statusCode()).isEqualTo(206);
		assertThat(part.body()).asString().isEqualTo("ftyp");
	}

	@Test
	void unfitFileIsRefusedInTheKnownForm() {
		HttpResponse<byte[]> answer = bring("images", "no image".getBytes(StandardCharsets.US_ASCII));
		assertThat(answer.statusCode()).isEqualTo(400);
		JsonNode body = json(answer);
		assertThat(body.get("success").booleanValue()).isFalse();
		assertThat(body.get("message").stringValue())
			.isEqualTo("Unsupported image type. Allowed: JPEG, PNG, WebP, BMP");
		assertThat(body.at("/error/code").stringValue()).isEqualTo("invalid_request");
		assertThat(body.at("/error/param").stringValue()).isEqualTo("file");
		assertThat(body.at("/error/request_id").isString()).isTrue();
		assertThat(leftOver()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "images, 10, Image too large. Maximum size is 10MB",
			"videos, 100, Video too large. Maximum size is 100MB" })
	void fileThatIsTooLargeIsRefusedInTheKnownWords(String route, int megabytes, String message) {
		HttpResponse<byte[]> answer = bring(route, new byte[(megabytes << 20) + 1]);
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(json(answer).get("message").stringValue()).isEqualTo(message);
		assertThat(leftOver()).isZero();
	}

	@Test
	void formWithSomethingElseInItIsRefused() {
		assertRefused(form("file", this.png, "purpose", "fun"), "purpose must be generation");
		assertRefused(form("file", this.png, "extra", "x"), "The form may have file and purpose only");
		assertRefused(form("image", this.png, "purpose", "generation"), "The form may have file and purpose only");
		assertThat(send("images", "multipart/form-data; boundary=b", "--b--\r\n".getBytes(StandardCharsets.US_ASCII))
			.statusCode()).isEqualTo(400);
		assertThat(send("images", "multipart/form-data", this.png).statusCode()).isEqualTo(400);
		assertThat(send("images", "image/png", this.png).statusCode()).isEqualTo(415);
		assertThat(send("images", "multipart/form-data; boundary=b", form("file", this.png, "purpose", "generation"))
			.statusCode()).isEqualTo(200);
	}

	@Test
	void sameFileOfATeamIsKeptOnce() {
		JsonNode first = json(bring("images", this.png)).get("data");
		JsonNode second = json(bring("images", this.png)).get("data");
		assertThat(second.get("id")).isEqualTo(first.get("id"));
		String other = this.gateway.sandboxKey(this.gateway.team());
		assertThat(json(bring(other, "images", this.png)).at("/data/id")).isNotEqualTo(first.get("id"));
	}

	@Test
	void uploadIsItsTeamsOnly() {
		String id = json(bring("images", this.png)).at("/data/id").stringValue();
		assertThat(TestGateway.json(this.gateway.get(this.key, "/v1/uploads/" + id)).at("/data/id").stringValue())
			.isEqualTo(id);
		for (String stranger : new String[] { this.gateway.sandboxKey(this.gateway.team()),
				this.gateway.liveKey(this.team) }) {
			for (String path : new String[] { id, id + "/content" }) {
				this.gateway.get(stranger, "/v1/uploads/" + path)
					.expectStatus()
					.isNotFound()
					.expectBody()
					.jsonPath("$.error.code")
					.isEqualTo("upload_not_found");
			}
			this.gateway.delete(stranger, "/v1/uploads/" + id).expectStatus().isNotFound();
			this.gateway.post(stranger, "/v1/videos/generations?dry_run=true", generation(id))
				.expectStatus()
				.isNotFound();
		}
	}

	@Test
	void deletedUploadLeavesNothing() throws IOException {
		JsonNode data = json(bring("images", this.png)).get("data");
		String id = data.get("id").stringValue();
		assertThat(file(id)).exists();
		this.gateway.delete(this.key, "/v1/uploads/" + id).expectStatus().isOk();
		assertThat(file(id)).doesNotExist();
		assertThat(fetch(data.get("url").stringValue()).statusCode()).isEqualTo(404);
		this.gateway.post(this.key, "/v1/videos/generations", generation(id)).expectStatus().isNotFound();
		assertThat(json(bring("images", this.png)).at("/data/id").stringValue()).isNotEqualTo(id);
	}

	@Test
	void teamKeepsNoMoreThanItsQuota() {
		this.gateway.patch(this.gateway.admin(), "/v1/admin/teams/" + this.team, """
				{"upload_quota_bytes": %d}""".formatted(this.png.length)).expectStatus().isOk();
		String id = json(bring("images", this.png)).at("/data/id").stringValue();
		byte[] another = Samples.uniquePng();
		HttpResponse<byte[]> refused = bring("images", another);
		assertThat(refused.statusCode()).isEqualTo(400);
		assertThat(json(refused).get("message").stringValue()).startsWith("No room: your team may keep ");
		this.gateway.delete(this.key, "/v1/uploads/" + id).expectStatus().isOk();
		assertThat(bring("images", another).statusCode()).isEqualTo(200);
	}

	@Test
	void uploadGoesWhenItsTimeIsOver() {
		String id = json(bring("images", this.png)).at("/data/id").stringValue();
		this.jdbc.sql("update upload set expires_at = now() - interval '1 second' where id = :id")
			.param("id", UploadId.parse(id).orElseThrow().value())
			.update();
		this.sweep.sweep();
		this.gateway.get(this.key, "/v1/uploads/" + id).expectStatus().isNotFound();
		assertThat(file(id)).doesNotExist();
	}

	@Test
	void useKeepsAnUploadForLonger() {
		String id = json(bring("images", this.png)).at("/data/id").stringValue();
		this.jdbc.sql("update upload set expires_at = now() + interval '1 hour' where id = :id")
			.param("id", UploadId.parse(id).orElseThrow().value())
			.update();
		this.gateway.post(this.key, "/v1/videos/generations?dry_run=true", generation(id)).expectStatus().isOk();
		JsonNode upload = TestGateway.json(this.gateway.get(this.key, "/v1/uploads/" + id));
		assertThat(upload.at("/data/expires_at").longValue())
			.isGreaterThan(System.currentTimeMillis() / 1000 + Duration.ofDays(6).toSeconds());
	}

	@Test
	void uploadReachesUpstreamOnceForAllTasksOfAModel() {
		JsonNode data = json(bring("images", this.png)).get("data");
		String byId = finished(generation(data.get("id").stringValue()));
		String byUrl = finished(generation(data.get("url").stringValue()));
		for (String task : new String[] { byId, byUrl }) {
			assertThat(task).doesNotContain("oss://");
			assertThat(JsonMapper.shared().readTree(task).get("status").stringValue()).isEqualTo("completed");
		}
		assertThat(brought(data.get("id").stringValue())).containsExactly(sha256(this.png));
	}

	@Test
	void sameFileOfTwoTeamsIsBroughtForEach() {
		String other = this.gateway.sandboxKey(this.gateway.team());
		for (String bearer : new String[] { this.key, other }) {
			String id = json(bring(bearer, "images", this.png)).at("/data/id").stringValue();
			assertThat(finished(bearer, generation(id))).contains("\"completed\"");
			assertThat(brought(id)).containsExactly(sha256(this.png));
		}
	}

	@Test
	void videosAndImagesAreReferencesByUrlAndById() {
		JsonNode film = json(bring("videos", Samples.read("film.mp4"))).get("data");
		JsonNode image = json(bring("images", this.png)).get("data");
		JsonNode task = JsonMapper.shared()
			.readTree(finished("""
					{"model": "wan2.6-flash", "prompt": "character1 waves at character2", "metadata":
					 {"reference_urls": ["%s", "%s"]}, "resolution": "720p"}""".formatted(film.get("url").stringValue(),
					image.get("id").stringValue())));
		assertThat(task.get("status").stringValue()).isEqualTo("completed");
		assertThat(task.at("/usage/mode").stringValue()).isEqualTo("r2v");
		assertThat(task.at("/request/reference_urls/1").stringValue()).isEqualTo(image.get("id").stringValue());
		assertThat(brought(film.get("id").stringValue())).containsExactly(film.get("sha256").stringValue());
		assertThat(brought(image.get("id").stringValue())).containsExactly(image.get("sha256").stringValue());
	}

	@Test
	void sameFileBroughtManyTimesAtOnceIsKeptOnce() throws Exception {
		this.gateway.patch(this.gateway.admin(), "/v1/admin/teams/" + this.team, """
				{"upload_quota_bytes": %d}""".formatted(this.png.length)).expectStatus().isOk();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<String>> ids = new ArrayList<>();
			for (int i = 0; i < 10; i++) {
				ids.add(threads.submit(() -> json(bring("images", this.png)).at("/data/id").asString()));
			}
			String first = ids.getFirst().get();
			assertThat(first).startsWith("upload_");
			for (Future<String> id : ids) {
				assertThat(id.get()).isEqualTo(first);
			}
		}
	}

	@Test
	void fileThatTheStoreCanNotTakeIsRefusedForNowAndLeavesNothing() throws IOException {
		bring(this.gateway.sandboxKey(this.gateway.team()), "images", Samples.uniquePng());
		this.gateway.patch(this.gateway.admin(), "/v1/admin/teams/" + this.team, """
				{"upload_quota_bytes": %d}""".formatted(this.png.length + 10)).expectStatus().isOk();
		Path mark = this.folder.resolve("store.id");
		Path away = Files.move(mark, this.folder.resolve("store.away"));
		try {
			HttpResponse<byte[]> answer = bring("images", this.png);
			assertThat(answer.statusCode()).isEqualTo(503);
			assertThat(answer.headers().firstValue("Retry-After")).isPresent();
			assertThat(json(answer).at("/error/code").stringValue()).isEqualTo("service_unavailable");
			assertThat(leftOver()).isZero();
		}
		finally {
			Files.move(away, mark);
		}
		assertThat(bring("images", Samples.uniquePng()).statusCode()).as("room that was not taken").isEqualTo(200);
	}

	@Test
	void draftOfAnUploadThatDiedIsSweptAndAYoungerOneIsNot() throws IOException {
		Path spool = Files.createDirectories(this.folder.resolve("spool"));
		Path dead = Files.write(spool.resolve("dead.upload"), this.png);
		Files.setLastModifiedTime(dead, FileTime.from(Instant.now().minus(Duration.ofMinutes(61))));
		Path young = Files.write(spool.resolve("young.upload"), this.png);
		this.sweep.sweepDrafts();
		assertThat(dead).doesNotExist();
		assertThat(young).exists();
		Files.delete(young);
	}

	@Test
	void uploadWhoseTemporaryCopyHasAgedIsBroughtAgain() {
		String id = json(bring("images", this.png)).at("/data/id").stringValue();
		finished(generation(id));
		this.jdbc.sql("update temporary_copy set expires_at = now() + interval '1 hour' where upload_id = :id")
			.param("id", UploadId.parse(id).orElseThrow().value())
			.update();
		finished(generation(id));
		assertThat(brought(id)).hasSize(2);
	}

	@Test
	void taskWhoseUploadIsDeletedBeforeItBeginsFailsAndCostsNothing() {
		String id = json(bring("images", this.png)).at("/data/id").stringValue();
		this.gateway.patch(this.gateway.admin(), "/v1/admin/teams/" + this.team, """
				{"suspended": false, "max_in_flight": 1}""").expectStatus().isOk();
		this.gateway.post(this.key, "/v1/videos/generations", """
				{"model": "wan2.6-flash", "image_urls": ["https://example.com/a.png"],
				 "prompt": "[[sim:run=3]]"}""").expectStatus().isOk();
		String task = TestGateway.json(this.gateway.post(this.key, "/v1/videos/generations", generation(id)))
			.get("id")
			.stringValue();
		this.gateway.delete(this.key, "/v1/uploads/" + id).expectStatus().isOk();
		JsonNode ended = JsonMapper.shared().readTree(ended(task));
		assertThat(ended.at("/error/code").stringValue()).isEqualTo("input_unreachable");
		assertThat(ended.at("/usage/state").stringValue()).isEqualTo("released");
	}

	@Test
	void uploadWithoutAKeyIsRefused() {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://localhost:%d/v1/uploads/images".formatted(this.port)))
			.header("Content-Type", "multipart/form-data; boundary=b")
			.POST(HttpRequest.BodyPublishers.ofByteArray(form("file", this.png, "purpose", "generation")))
			.build();
		assertThat(exchange(request).statusCode()).isEqualTo(401);
	}

	private static String generation(String image) {
		return """
				{"model": "wan2.6-flash", "image_urls": ["%s"], "resolution": "720p", "audio": false}"""
			.formatted(image);
	}

	/** Return the digests of what the simulator received of an upload. */
	private List<String> brought(String id) {
		return this.jdbc.sql("select sha256 from dashscope_simulator.upload where key like :name")
			.param("name", "%" + id + "%")
			.query(String.class)
			.list();
	}

	private static String sha256(byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private String finished(String body) {
		return finished(this.key, body);
	}

	private String finished(String bearer, String body) {
		return ended(bearer,
				TestGateway.json(this.gateway.post(bearer, "/v1/videos/generations", body)).get("id").stringValue());
	}

	private String ended(String id) {
		return ended(this.key, id);
	}

	private String ended(String bearer, String id) {
		return await().atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(100))
			.until(() -> TestGateway.json(this.gateway.get(bearer, "/v1/videos/generations/" + id)),
					(task) -> task.has("completed_at") || task.has("failed_at"))
			.toString();
	}

	private void assertRefused(byte[] form, String message) {
		HttpResponse<byte[]> answer = send("images", "multipart/form-data; boundary=b", form);
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(json(answer).get("message").stringValue()).isEqualTo(message);
	}

	private HttpResponse<byte[]> bring(String route, byte[] file) {
		return bring(this.key, route, file);
	}

	private HttpResponse<byte[]> bring(String bearer, String route, byte[] file) {
		return send(bearer, route, "multipart/form-data; boundary=b", form("file", file, "purpose", "generation"));
	}

	private HttpResponse<byte[]> send(String route, String contentType, byte[] body) {
		return send(this.key, route, contentType, body);
	}

	private HttpResponse<byte[]> send(String bearer, String route, String contentType, byte[] body) {
		return exchange(
				HttpRequest.newBuilder(URI.create("http://localhost:%d/v1/uploads/%s".formatted(this.port, route)))
					.header("Authorization", "Bearer " + bearer)
					.header("Content-Type", contentType)
					.POST(HttpRequest.BodyPublishers.ofByteArray(body))
					.build());
	}

	private HttpResponse<byte[]> fetch(String url) {
		return exchange(HttpRequest.newBuilder(URI.create(url)).build());
	}

	private HttpResponse<byte[]> exchange(HttpRequest request) {
		try {
			return this.http.send(request, HttpResponse.BodyHandlers.ofByteArray());
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] form(String part, byte[] file, String field, String value) {
		byte[] head = """
				--b\r
				Content-Disposition: form-data; name="%s"; filename="a.jpg"\r
				Content-Type: image/jpeg\r
				\r
				""".formatted(part).getBytes(StandardCharsets.US_ASCII);
		byte[] tail = """
				\r
				--b\r
				Content-Disposition: form-data; name="%s"\r
				\r
				%s\r
				--b--\r
				""".formatted(field, value).getBytes(StandardCharsets.US_ASCII);
		return Samples.join(Samples.join(head, file), tail);
	}

	private static JsonNode json(HttpResponse<byte[]> answer) {
		return JsonMapper.shared().readTree(answer.body());
	}

	private Path file(String id) {
		return this.folder.resolve("uploads/%s/%s.png".formatted(id.substring(id.length() - 2), id));
	}

	private long leftOver() {
		try (var files = Files.list(this.folder.resolve("spool"))) {
			return files.filter((file) -> file.toString().endsWith(".upload")).count();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
