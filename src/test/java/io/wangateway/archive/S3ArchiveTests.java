package io.wangateway.archive;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import io.wangateway.alert.Alerts;
import io.wangateway.store.S3Server;
import io.wangateway.store.Store;
import io.wangateway.store.StoreException;
import io.wangateway.team.TeamId;
import io.wangateway.upload.Samples;
import io.wangateway.upload.UploadId;
import io.wangateway.upload.Uploads;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** The whole gateway with its media in a real S3 server. */
@GatewayTest
@Import(FinishedVideo.class)
class S3ArchiveTests {

	private static final int SIZE = 300_000;

	@TempDir
	private static Path s3Folder;

	private static S3Server s3;

	private static FinishedVideo.Made made;

	@Autowired
	private TestGateway gateway;

	@Autowired
	private FinishedVideo videos;

	@Autowired
	private Videos record;

	@Autowired
	private VideoCopier copier;

	@Autowired
	private UpstreamVideos upstream;

	@Autowired
	private Store store;

	@Autowired
	private Uploads uploads;

	@Autowired
	private Alerts alerts;

	@Autowired
	private JdbcClient jdbc;

	@Value("${gateway.data-dir}")
	private Path folder;

	private final byte[] bytes = new byte[SIZE];

	@DynamicPropertySource
	static void startServer(DynamicPropertyRegistry properties) throws IOException {
		s3 = new S3Server(s3Folder);
		properties.add("gateway.store.s3.bucket", () -> S3Server.BUCKET);
		properties.add("gateway.store.s3.endpoint", s3::url);
		properties.add("gateway.store.s3.access-key", () -> "access");
		properties.add("gateway.store.s3.secret-key", () -> "secret");
	}

	@AfterAll
	static void stopServer() {
		s3.close();
	}

	@BeforeEach
	void haveAVideo() {
		new Random(4).nextBytes(this.bytes);
		if (made == null) {
			made = this.videos.make();
		}
	}

	@Test
	void finishedVideoIsKeptInTheBucketAndNowhereElse() throws IOException {
		haveItCopied();
		assertThat(object()).hasBinaryContent(this.bytes);
		JsonNode result = this.videos.task(made.key(), made.id()).at("/result/data/0");
		assertThat(result.get("size_bytes").intValue()).isEqualTo(SIZE);
		assertThat(this.videos.file(made)).doesNotExist();
		try (var drafts = Files.list(this.folder.resolve("spool"))) {
			assertThat(drafts).noneMatch((file) -> file.toString().contains(made.id()));
		}
	}

	@Test
	void keptVideoIsStreamedWithRangeHeadAndTag() throws IOException {
		haveItCopied();
		String url = this.videos.url(made);
		HttpResponse<byte[]> whole = this.videos.fetch("GET", url);
		assertThat(whole.statusCode()).isEqualTo(200);
		assertThat(whole.body()).isEqualTo(this.bytes);
		assertThat(whole.headers().firstValue("Content-Disposition"))
			.hasValue("inline; filename=\"" + made.id() + ".mp4\"");
		HttpResponse<byte[]> part = this.videos.fetch("GET", url, "Range", "bytes=100-199");
		assertThat(part.statusCode()).isEqualTo(206);
		assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 100-199/" + SIZE);
		assertThat(part.body()).isEqualTo(Arrays.copyOfRange(this.bytes, 100, 200));
		HttpResponse<byte[]> head = this.videos.fetch("HEAD", url);
		assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(SIZE);
		String etag = head.headers().firstValue("ETag").orElseThrow();
		assertThat(this.videos.fetch("GET", url, "If-None-Match", etag).statusCode()).isEqualTo(304);
		assertThat(this.videos.fetch("GET", url, "Range", "bytes=" + SIZE + "-").statusCode()).isEqualTo(416);
	}

	@Test
	void callersAreSentOnToTheStoreIfThatIsTheSetting() throws IOException {
		haveItCopied();
		MockHttpServletResponse answer = redirect("GET");
		assertThat(answer.getStatus()).isEqualTo(302);
		HttpResponse<byte[]> there = this.videos.fetch("GET", answer.getRedirectedUrl(), "Range", "bytes=5-9");
		assertThat(there.statusCode()).isEqualTo(206);
		assertThat(there.body()).isEqualTo(Arrays.copyOfRange(this.bytes, 5, 10));
		assertThat(there.headers().firstValue("Content-Type")).hasValue("video/mp4");
		assertThat(there.headers().firstValue("Content-Disposition"))
			.hasValue("inline; filename=\"" + made.id() + ".mp4\"");
		MockHttpServletResponse head = redirect("HEAD");
		assertThat(head.getStatus()).isEqualTo(200);
		assertThat(head.getContentLengthLong()).isEqualTo(SIZE);
	}

	@Test
	void copyThatBrokeOffGoesOnWhereItStopped() throws IOException {
		try (VideoHost host = new VideoHost(this.bytes)) {
			this.videos.uncopy(made, host.url());
			host.cutAfter(100_000);
			assertThatExceptionOfType(CopyFailedException.class).isThrownBy(this::copy);
			host.cutAfter(SIZE);
			copy();
			host.expectToBeAskedForTheRest(100_000);
		}
		assertThat(object()).hasBinaryContent(this.bytes);
	}

	@Test
	void whileTheStoreIsAwayNothingIsLostAndNothingIsFetchedTwice() throws IOException {
		haveItCopied();
		try (VideoHost host = new VideoHost(this.bytes)) {
			s3.stop();
			try {
				HttpResponse<byte[]> answer = this.videos.fetch("GET", this.videos.url(made));
				assertThat(answer.statusCode()).isEqualTo(503);
				assertThat(answer.headers().firstValue("Retry-After")).isPresent();
				this.gateway.upload(made.key(), "images", Samples.uniquePng()).expectStatus().isEqualTo(503);
				this.videos.uncopy(made, host.url());
				assertThatExceptionOfType(StoreException.class).isThrownBy(this::copy);
				assertThat(this.videos.fetch("GET", this.videos.url(made)).body()).isEqualTo(this.bytes);
			}
			finally {
				s3.restart();
			}
			copy();
			assertThat(host.ranges()).startsWith("bytes=0-").endsWith("bytes=" + SIZE + "-");
		}
		assertThat(this.videos.fetch("GET", this.videos.url(made)).body()).isEqualTo(this.bytes);
		this.gateway.upload(made.key(), "images", Samples.uniquePng()).expectStatus().isOk();
	}

	@Test
	void deletedVideoIsRemovedFromTheBucket() throws IOException {
		haveItCopied();
		this.gateway.delete(made.key(), "/v1/videos/generations/" + made.id()).expectStatus().isOk();
		assertThat(object()).doesNotExist();
		assertThat(this.videos.fetch("GET", this.videos.url(made)).statusCode()).isEqualTo(410);
	}

	@Test
	void videoThatIsNotInTheStoreAnyMoreIsLostWithAnAlert() throws IOException {
		haveItCopied();
		Files.delete(object());
		assertThat(this.videos.fetch("GET", this.videos.url(made)).statusCode()).isEqualTo(410);
		assertThat(this.jdbc.sql("select count(*) from alert where kind = 'video_missing' and subject = :id")
			.param("id", made.id())
			.query(Integer.class)
			.single()).isOne();
	}

	@Test
	void upstreamReadsUploadsFromTheBucketByLink() {
		byte[] png = Samples.uniquePng();
		String team = this.gateway.team();
		String key = this.gateway.sandboxKey(team);
		String id = TestGateway.json(this.gateway.upload(key, "images", png)).at("/data/id").stringValue();
		String task = TestGateway.json(this.gateway.post(key, "/v1/videos/generations", """
				{"model": "wan2.6-flash", "image_urls": ["%s"], "resolution": "720p"}""".formatted(id)))
			.get("id")
			.stringValue();
		await().atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(100))
			.until(() -> this.videos.task(key, task).get("status").stringValue().equals("completed"));
		assertThat(this.jdbc.sql("select count(*) from dashscope_simulator.upload where key like :name")
			.param("name", "%" + id + "%")
			.query(Integer.class)
			.single()).isZero();
		var upload = this.uploads.find(TeamId.of(team), false, UploadId.parse(id).orElseThrow()).orElseThrow();
		String link = this.uploads.link(upload, Duration.ofHours(4)).orElseThrow().toString();
		assertThat(link).startsWith(s3.url()).contains("X-Amz-Expires=14400");
		assertThat(this.videos.fetch("GET", link).body()).isEqualTo(png);
	}

	private MockHttpServletResponse redirect(String method) throws IOException {
		MockHttpServletResponse answer = new MockHttpServletResponse();
		ArchiveSettings settings = new ArchiveSettings(1, Duration.ofMinutes(1), DataSize.ofMegabytes(1), true);
		new VideoServing(this.upstream, this.store, this.alerts, settings)
			.send(this.record.find(made.uuid()).orElseThrow(), new MockHttpServletRequest(method, "/"), answer);
		return answer;
	}

	private void haveItCopied() throws IOException {
		try (VideoHost host = new VideoHost(this.bytes)) {
			this.videos.uncopy(made, host.url());
			copy();
		}
	}

	private void copy() {
		this.copier.copy(made.uuid());
	}

	private static Path object() {
		return s3.file("archive/%s/%s.mp4".formatted(made.id().substring(made.id().length() - 2), made.id()));
	}

}
