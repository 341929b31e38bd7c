package io.wangateway.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import io.wangateway.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Videos on their way from upstream into the store. */
@GatewayTest
@Import(FinishedVideo.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CopyTests {

	private static final int SIZE = 300_000;

	@Autowired
	private TestGateway gateway;

	@Autowired
	private FinishedVideo videos;

	@Autowired
	private VideoCopier copier;

	@Autowired
	private ArchiveSweep sweep;

	@Autowired
	private Videos record;

	@Autowired
	private JdbcClient jdbc;

	@Value("${gateway.data-dir}")
	private Path folder;

	private final byte[] bytes = new byte[SIZE];

	private VideoHost host;

	private FinishedVideo.Made made;

	@BeforeAll
	void makeVideo() {
		this.made = this.videos.make();
		new Random(1).nextBytes(this.bytes);
	}

	@BeforeEach
	void haveItWaitForItsCopy() throws IOException {
		this.host = new VideoHost(this.bytes);
		this.videos.uncopy(this.made, this.host.url());
	}

	@AfterEach
	void stopHost() {
		this.host.close();
	}

	@Test
	void finishedVideoIsKeptWithItsSizeAndSha256() throws Exception {
		copy();
		var result = this.videos.task(this.made.key(), this.made.id()).at("/result/data/0");
		byte[] kept = Files.readAllBytes(this.videos.file(this.made));
		assertThat(result.get("size_bytes").intValue()).isEqualTo(kept.length);
		assertThat(result.get("sha256").stringValue())
			.isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(kept)));
	}

	@Test
	void copyThatBrokeOffGoesOnWhereItStopped() throws IOException {
		this.host.cutAfter(100_000);
		assertThatExceptionOfType(CopyFailedException.class).isThrownBy(this::copy);
		assertThat(this.videos.file(this.made)).doesNotExist();
		assertThat(this.videos.state(this.made)).isEqualTo("PENDING");
		this.host.cutAfter(SIZE);
		copy();
		this.host.expectToBeAskedForTheRest(100_000);
		assertThat(this.videos.file(this.made)).hasBinaryContent(this.bytes);
		assertThat(this.videos.task(this.made.key(), this.made.id()).at("/result/data/0/size_bytes").intValue())
			.isEqualTo(SIZE);
	}

	@Test
	void videoThatIsHereButNotYetKeptIsNotFetchedAgain() throws IOException {
		try (FinishedVideo.StoreAway _ = this.videos.takeStoreAway()) {
			assertThatExceptionOfType(StoreException.class).isThrownBy(this::copy);
		}
		assertThat(this.videos.file(this.made)).doesNotExist();
		copy();
		assertThat(this.host.ranges()).containsExactly("bytes=0-", "bytes=%d-".formatted(SIZE));
		assertThat(this.videos.file(this.made)).hasBinaryContent(this.bytes);
	}

	@Test
	void draftThatIsLongerThanTheVideoIsBegunAgain() throws IOException {
		this.host.cutAfter(100_000);
		assertThatExceptionOfType(CopyFailedException.class).isThrownBy(this::copy);
		Files.write(draft(), new byte[SIZE + 1]);
		this.host.cutAfter(SIZE);
		assertThatExceptionOfType(CopyFailedException.class).isThrownBy(this::copy);
		copy();
		assertThat(this.videos.file(this.made)).hasBinaryContent(this.bytes);
	}

	@Test
	void unreachableUpstreamIsTriedAgainUntilItCanHaveTheVideoNoMore() {
		this.host.refuse(500);
		assertThatExceptionOfType(CopyFailedException.class).isThrownBy(this::copy);
		assertThat(this.videos.state(this.made)).isEqualTo("PENDING");
		this.videos.age(this.made, Duration.ofHours(49));
		copy();
		assertThat(this.videos.state(this.made)).isEqualTo("LOST");
	}

	@Test
	void deadLinkIsReplacedByTheOneThatUpstreamGivesWhenAsked() throws IOException {
		this.host.refuse(403);
		assertThatExceptionOfType(CopyFailedException.class).isThrownBy(this::copy).withMessageContaining("fresh");
		copy();
		assertThat(this.videos.state(this.made)).isEqualTo("KEPT");
		assertThat(Files.readString(this.videos.file(this.made), StandardCharsets.ISO_8859_1)).contains("ftyp");
	}

	@Test
	void videoThatUpstreamHasForgottenIsLostWithAnAlertAndStaysCharged() {
		this.host.refuse(404);
		String taskId = this.videos.forgetUpstream(this.made);
		copy();
		this.videos.rememberUpstream(this.made, taskId);
		assertThat(this.videos.state(this.made)).isEqualTo("LOST");
		assertThat(alerts("video_lost", this.made.id())).isOne();
		assertThat(this.videos.fetch("GET", this.videos.url(this.made)).statusCode()).isEqualTo(410);
		this.gateway.get(this.made.key(), "/v1/videos/generations/" + this.made.id() + "/content")
			.expectStatus()
			.isEqualTo(410)
			.expectBody()
			.jsonPath("$.error.code")
			.isEqualTo("result_lost");
		var task = this.videos.task(this.made.key(), this.made.id());
		assertThat(task.get("status").stringValue()).isEqualTo("completed");
		assertThat(task.at("/usage/state").stringValue()).isEqualTo("charged");
	}

	@Test
	void videoDeletedWhileItIsCopiedLeavesNothingBehind() throws IOException {
		this.gateway.delete(this.made.key(), "/v1/videos/generations/" + this.made.id()).expectStatus().isOk();
		Files.write(this.videos.file(this.made), this.bytes);
		copy();
		assertThat(this.videos.file(this.made)).doesNotExist();
	}

	@Test
	void videosGoWhenTheDaysOfTheirTeamAreOver() {
		copy();
		this.videos.age(this.made, Duration.ofDays(89));
		this.sweep.sweep();
		assertThat(this.videos.state(this.made)).isEqualTo("KEPT");
		this.videos.age(this.made, Duration.ofDays(1));
		this.sweep.sweep();
		assertThat(this.videos.state(this.made)).isEqualTo("EXPIRED");
		assertThat(this.videos.file(this.made)).doesNotExist();
		assertThat(this.videos.fetch("GET", this.videos.url(this.made)).statusCode()).isEqualTo(410);
	}

	@Test
	void fileThatCouldNotBeRemovedIsRemovedLater() throws IOException {
		copy();
		try (FinishedVideo.StoreAway _ = this.videos.takeStoreAway()) {
			this.gateway.delete(this.made.key(), "/v1/videos/generations/" + this.made.id()).expectStatus().isOk();
			assertThat(this.videos.file(this.made)).exists();
		}
		this.sweep.sweep();
		assertThat(this.videos.file(this.made)).doesNotExist();
		assertThat(this.record.toRemove(1000)).noneMatch((video) -> video.id().toString().equals(this.made.id()));
	}

	@Test
	void copiesThatWaitLongRaiseAnAlertUntilTheyAreDone() {
		this.videos.age(this.made, Duration.ofMinutes(20));
		this.sweep.sweep();
		assertThat(alerts("archive_delayed", "archive")).isOne();
		copy();
		this.sweep.sweep();
		assertThat(alerts("archive_delayed", "archive")).isZero();
	}

	private void copy() {
		this.copier.copy(this.made.uuid());
	}

	private Path draft() throws IOException {
		try (var drafts = Files.list(this.folder.resolve("spool"))) {
			return drafts.filter(
					(file) -> file.getFileName().toString().startsWith(this.made.id()) && file.toFile().length() > 0)
				.findFirst()
				.orElseThrow();
		}
	}

	private int alerts(String kind, String subject) {
		return this.jdbc
			.sql("select count(*) from alert where kind = :kind and subject = :subject and resolved_at is null")
			.param("kind", kind)
			.param("subject", subject)
			.query(Integer.class)
			.single();
	}

}
