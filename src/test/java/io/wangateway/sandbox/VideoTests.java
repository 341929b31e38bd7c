package io.wangateway.sandbox;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

import io.wangateway.MutableClock;
import io.wangateway.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static io.wangateway.sandbox.TestSimulator.json;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests the videos, and the links that lead to them. */
class VideoTests {

	private static final MutableClock clock = TestSimulator.clock();

	private static final TestSimulator simulator = new TestSimulator(TestDatabase.create(), clock);

	@AfterAll
	static void close() {
		simulator.close();
	}

	@BeforeEach
	void startAfresh() {
		clock.advance(Duration.ofMinutes(1));
		simulator.reset();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			"resolution":"720P","duration":5,"audio":true   | 1280 | 720  | 5  | 2
			"resolution":"1080P","duration":15,"audio":false | 1920 | 1080 | 15 | 1
			""")
	void videoIsAsAskedFor(String parameters, int width, int height, int seconds, int tracks) {
		HttpResponse<String> created = simulator.create("""
				{"model":"wan2.6-i2v-flash","input":{"img_url":"https://example.com/photo.jpg"},"parameters":{%s}}"""
			.formatted(parameters));
		URI link = link(json(created).at("/output/task_id").asString());
		HttpResponse<byte[]> video = simulator.download(HttpRequest.newBuilder(link));
		assertThat(video.statusCode()).isEqualTo(200);
		assertThat(video.headers().firstValue("Content-Type")).hasValue("video/mp4");
		assertThat(video.headers().firstValueAsLong("Content-Length")).hasValue(video.body().length);

		ByteBuffer file = ByteBuffer.wrap(video.body());
		ByteBuffer movie = Mp4Box.find(file, "moov", "mvhd");
		assertThat(movie.getInt(16) / movie.getInt(12)).isEqualTo(seconds);
		ByteBuffer track = Mp4Box.find(file, "moov", "trak", "tkhd");
		assertThat(track.getInt(76) >> 16).isEqualTo(width);
		assertThat(track.getInt(80) >> 16).isEqualTo(height);
		assertThat(movie.getInt(96) - 1).isEqualTo(tracks);
	}

	@ParameterizedTest
	@EnumSource
	void indexComesFirstAndPointsAtTheSamples(Frame frame) {
		byte[] bytes = new Mp4Video(frame.width(), frame.height(), 10, true).toBytes();
		ByteBuffer file = ByteBuffer.wrap(bytes);
		assertThat(boxAt(file, 0)).isEqualTo("ftyp");
		int movie = file.getInt(0);
		assertThat(boxAt(file, movie)).isEqualTo("moov");
		int data = movie + file.getInt(movie);
		assertThat(boxAt(file, data)).isEqualTo("mdat");
		assertThat(data + file.getInt(data)).isEqualTo(bytes.length);

		ByteBuffer offsets = Mp4Box.find(file, "moov", "trak", "mdia", "minf", "stbl", "stco");
		assertThat(offsets.getInt(4)).isEqualTo(10);
		int first = offsets.getInt(8);
		int last = offsets.getInt(8 + 9 * Integer.BYTES);
		assertThat(first).isEqualTo(data + 8);
		int picture = Mp4Box.find(file, "moov", "trak", "mdia", "minf", "stbl", "stsz").getInt(12);
		assertThat(Arrays.copyOfRange(bytes, last, last + picture))
			.isEqualTo(Arrays.copyOfRange(bytes, first, first + picture));
	}

	@Test
	void partsCanBeFetched() {
		URI link = link(simulator.animate("p"));
		byte[] whole = simulator.download(HttpRequest.newBuilder(link)).body();
		HttpResponse<byte[]> part = simulator.download(HttpRequest.newBuilder(link).header("Range", "bytes=100-199"));
		assertThat(part.statusCode()).isEqualTo(206);
		assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 100-199/" + whole.length);
		assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, 100, 200));
		HttpResponse<byte[]> rest = simulator
			.download(HttpRequest.newBuilder(link).header("Range", "bytes=" + (whole.length - 10) + "-"));
		assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(whole, whole.length - 10, whole.length));
		HttpResponse<byte[]> beyond = simulator
			.download(HttpRequest.newBuilder(link).header("Range", "bytes=" + whole.length + "-"));
		assertThat(beyond.statusCode()).isEqualTo(416);
	}

	@Test
	void headersCanBeFetchedAlone() {
		URI link = link(simulator.animate("p"));
		HttpResponse<byte[]> head = simulator.download(HttpRequest.newBuilder(link).HEAD());
		assertThat(head.statusCode()).isEqualTo(200);
		assertThat(head.body()).isEmpty();
		assertThat(head.headers().firstValueAsLong("Content-Length"))
			.hasValue(simulator.download(HttpRequest.newBuilder(link)).body().length);
		assertThat(head.headers().firstValue("Accept-Ranges")).hasValue("bytes");
	}

	@Test
	void linkIsTheSameEachTimeAndEndsAfterADay() {
		String id = simulator.animate("p");
		URI link = link(id);
		clock.advance(Duration.ofHours(23));
		assertThat(URI.create(simulator.task(id).at("/output/video_url").asString())).isEqualTo(link);
		assertThat(simulator.download(HttpRequest.newBuilder(link)).statusCode()).isEqualTo(200);
		clock.advance(Duration.ofHours(1));
		HttpResponse<byte[]> expired = simulator.download(HttpRequest.newBuilder(link));
		assertThat(expired.statusCode()).isEqualTo(403);
		assertThat(new String(expired.body(), StandardCharsets.UTF_8)).contains("<Message>Request has expired.");
	}

	@Test
	void forgedLinkLeadsNowhere() {
		String link = link(simulator.animate("p")).toString();
		for (String forged : new String[] { link + "x", link.replace("Expires=1", "Expires=2"),
				link.replaceAll("\\?.*", "") }) {
			HttpResponse<byte[]> refused = simulator.download(HttpRequest.newBuilder(URI.create(forged)));
			assertThat(refused.statusCode()).isEqualTo(403);
			assertThat(new String(refused.body(), StandardCharsets.UTF_8)).contains("SignatureDoesNotMatch");
		}
	}

	@Test
	void restartForgetsNothing() {
		TestDatabase database = TestDatabase.create();
		String id;
		try (TestSimulator first = new TestSimulator(database, clock)) {
			id = first.animate("p");
		}
		clock.advance(Duration.ofSeconds(5));
		try (TestSimulator second = new TestSimulator(database, clock)) {
			URI link = URI.create(second.task(id).at("/output/video_url").asString());
			assertThat(second.download(HttpRequest.newBuilder(link)).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void mishapsBefallVideosToo() {
		URI link = link(simulator.animate("[[sim:video-503*1]] [[sim:video-refuse=403:AccessDenied*1]]"));
		assertThat(simulator.download(HttpRequest.newBuilder(link)).statusCode()).isEqualTo(503);
		assertThat(simulator.download(HttpRequest.newBuilder(link)).statusCode()).isEqualTo(403);
		assertThat(simulator.download(HttpRequest.newBuilder(link)).statusCode()).isEqualTo(200);
	}

	private static URI link(String id) {
		clock.advance(Duration.ofSeconds(5));
		return URI.create(simulator.task(id).at("/output/video_url").asString());
	}

	private static String boxAt(ByteBuffer file, int position) {
		byte[] type = new byte[4];
		file.get(position + 4, type);
		return new String(type, StandardCharsets.US_ASCII);
	}

}
