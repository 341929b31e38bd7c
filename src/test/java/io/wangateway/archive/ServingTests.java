package io.wangateway.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Arrays;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Videos as browsers and programs fetch them. */
@GatewayTest
@Import(FinishedVideo.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServingTests {

	@Autowired
	private TestGateway gateway;

	@Autowired
	private FinishedVideo videos;

	@Autowired
	private VideoCopier copier;

	private FinishedVideo.Made made;

	private String url;

	private byte[] whole;

	@BeforeAll
	void makeVideo() throws IOException {
		this.made = this.videos.make();
		this.url = this.videos.url(this.made);
		this.whole = Files.readAllBytes(this.videos.file(this.made));
	}

	@BeforeEach
	void haveItKept() throws IOException {
		if (!this.videos.state(this.made).equals("KEPT")) {
			this.videos.uncopy(this.made, null);
			this.copier.copy(this.made.uuid());
		}
		Files.write(this.videos.file(this.made), this.whole);
	}

	@Test
	void wholeVideoIsServedToBeShownAndNotToBeRun() {
		HttpResponse<byte[]> answer = this.videos.fetch("GET", this.url);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo(this.whole);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("video/mp4");
		assertThat(answer.headers().firstValue("Accept-Ranges")).hasValue("bytes");
		assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
		assertThat(answer.headers().firstValue("Content-Security-Policy")).hasValue("sandbox allow-same-origin");
		assertThat(answer.headers().firstValue("Content-Disposition"))
			.hasValue("inline; filename=\"" + this.made.id() + ".mp4\"");
	}

	@ParameterizedTest
	@CsvSource({ "bytes=0-99, 0, 99", "bytes=100-, 100, -1", "bytes=-50, -50, -1", "bytes=10-999999999, 10, -1" })
	void partIsServedToWhoSeeks(String range, int first, int last) {
		int from = (first >= 0) ? first : this.whole.length + first;
		int to = (last >= 0) ? last : this.whole.length + last;
		HttpResponse<byte[]> answer = this.videos.fetch("GET", this.url, "Range", range);
		assertThat(answer.statusCode()).isEqualTo(206);
		assertThat(answer.headers().firstValue("Content-Range"))
			.hasValue("bytes %d-%d/%d".formatted(from, to, this.whole.length));
		assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(this.whole, from, to + 1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "bytes=99999999-", "bytes=-0" })
	void partBeyondTheEndIsRefusedWithTheSize(String range) {
		HttpResponse<byte[]> answer = this.videos.fetch("GET", this.url, "Range", range);
		assertThat(answer.statusCode()).isEqualTo(416);
		assertThat(answer.headers().firstValue("Content-Range")).hasValue("bytes */" + this.whole.length);
	}

	@ParameterizedTest
	@ValueSource(strings = { "bytes=0-1,5-6", "bytes=5-2", "lines=0-1", "bytes=x" })
	void severalPartsAndNonsenseAreAnsweredWithTheWhole(String range) {
		HttpResponse<byte[]> answer = this.videos.fetch("GET", this.url, "Range", range);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).hasSize(this.whole.length);
	}

	@Test
	void partIsServedOnlyIfItIsOfTheSameVideo() {
		String etag = this.videos.fetch("HEAD", this.url).headers().firstValue("ETag").orElseThrow();
		assertThat(this.videos.fetch("GET", this.url, "Range", "bytes=0-0", "If-Range", etag).statusCode())
			.isEqualTo(206);
		assertThat(this.videos.fetch("GET", this.url, "Range", "bytes=0-0", "If-Range", "\"other\"").statusCode())
			.isEqualTo(200);
		String modified = this.videos.fetch("HEAD", this.url).headers().firstValue("Last-Modified").orElseThrow();
		assertThat(this.videos.fetch("GET", this.url, "Range", "bytes=0-0", "If-Range", modified).statusCode())
			.isEqualTo(206);
	}

	@Test
	void headTellsTheSizeWithoutABody() {
		HttpResponse<byte[]> answer = this.videos.fetch("HEAD", this.url);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEmpty();
		assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(this.whole.length);
	}

	@Test
	void videoThatTheCallerHasIsNotSentAgain() {
		String etag = this.videos.fetch("HEAD", this.url).headers().firstValue("ETag").orElseThrow();
		HttpResponse<byte[]> answer = this.videos.fetch("GET", this.url, "If-None-Match", etag);
		assertThat(answer.statusCode()).isEqualTo(304);
		assertThat(answer.body()).isEmpty();
	}

	@Test
	void untilItIsCopiedTheVideoComesFromUpstreamTheSame() throws IOException {
		HttpResponse<byte[]> kept = this.videos.fetch("GET", this.url, "Range", "bytes=10-19");
		this.videos.uncopy(this.made, null);
		HttpResponse<byte[]> passedOn = this.videos.fetch("GET", this.url, "Range", "bytes=10-19");
		assertThat(passedOn.statusCode()).isEqualTo(206);
		assertThat(passedOn.body()).isEqualTo(kept.body());
		for (String header : new String[] { "ETag", "Last-Modified", "Content-Range", "Content-Length" }) {
			assertThat(passedOn.headers().firstValue(header)).isEqualTo(kept.headers().firstValue(header));
		}
		assertThat(this.videos.fetch("GET", this.url).body()).isEqualTo(this.whole);
		assertThat(this.videos.fetch("HEAD", this.url).headers().firstValueAsLong("Content-Length"))
			.hasValue(this.whole.length);
	}

	@Test
	void keyOpensTheVideoOfItsOwnTeamOnly() {
		String path = "/v1/videos/generations/" + this.made.id() + "/content";
		assertThat(this.gateway.get(this.made.key(), path)
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBodyContent()).isEqualTo(this.whole);
		this.gateway.get(this.gateway.sandboxKey(this.gateway.team()), path)
			.expectStatus()
			.isNotFound()
			.expectBody()
			.jsonPath("$.error.code")
			.isEqualTo("task_not_found");
	}

	@Test
	void unfinishedTaskHasNoContentAndCanNotBeDeleted() {
		String id = TestGateway.json(this.gateway.post(this.made.key(), "/v1/videos/generations", """
				{"model": "wan2.6-flash", "image_urls": ["https://example.com/a.png"],
				 "prompt": "[[sim:run=600]]"}""")).get("id").stringValue();
		this.gateway.get(this.made.key(), "/v1/videos/generations/" + id + "/content")
			.expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.error.code")
			.isEqualTo("not_completed");
		this.gateway.delete(this.made.key(), "/v1/videos/generations/" + id).expectStatus().isEqualTo(409);
		this.gateway.post(this.made.key(), "/v1/videos/generations/" + id + "/cancel", "{}");
	}

	@Test
	void deletedVideoIsGoneAndItsPriceStays() {
		String path = "/v1/videos/generations/" + this.made.id();
		this.gateway.delete(this.made.key(), path)
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.deleted")
			.isEqualTo(true);
		this.gateway.delete(this.made.key(), path).expectStatus().isOk();
		assertThat(this.videos.file(this.made)).doesNotExist();
		assertThat(this.videos.fetch("GET", this.url).statusCode()).isEqualTo(410);
		this.gateway.get(this.made.key(), path + "/content")
			.expectStatus()
			.isEqualTo(410)
			.expectBody()
			.jsonPath("$.error.code")
			.isEqualTo("video_expired");
		assertThat(this.videos.task(this.made.key(), this.made.id()).at("/usage/state").stringValue())
			.isEqualTo("charged");
	}

	@Test
	void videoBehindAStoreThatIsAwayIsNotGone() throws IOException {
		try (FinishedVideo.StoreAway _ = this.videos.takeStoreAway()) {
			HttpResponse<byte[]> answer = this.videos.fetch("GET", this.url);
			assertThat(answer.statusCode()).isEqualTo(503);
			assertThat(answer.headers().firstValue("Retry-After")).isPresent();
			assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
			assertThat(answer.headers().firstValue("Cache-Control").orElse("")).doesNotContain("max-age=3600");
		}
		assertThat(this.videos.fetch("GET", this.url).statusCode()).isEqualTo(200);
	}

	@Test
	void videoThatEndsTooEarlyIsNotTakenForWhole() throws IOException {
		Files.write(this.videos.file(this.made), Arrays.copyOf(this.whole, this.whole.length / 2));
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> this.videos.fetch("GET", this.url));
	}

}
