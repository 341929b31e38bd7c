package io.wangateway.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/** Media in a real S3 server. */
class S3StoreTests {

	private static final String NAME = "archive/AB/video_1.mp4";

	@TempDir
	private static Path folder;

	private static S3Server server;

	private static S3Store store;

	private static final byte[] bytes = new byte[200_000];

	@BeforeAll
	static void startServer() throws IOException {
		new Random(2).nextBytes(bytes);
		server = new S3Server(folder);
		store = new S3Store(server.settings(S3Server.BUCKET));
	}

	@AfterAll
	static void stopServer() {
		store.close();
		server.close();
	}

	@Test
	void keptFileIsReadWholeAndInParts() throws IOException {
		Path file = keep(NAME);
		assertThat(file).doesNotExist();
		assertThat(read(ByteRange.whole(bytes.length))).isEqualTo(bytes);
		assertThat(read(new ByteRange(100, 199))).isEqualTo(Arrays.copyOfRange(bytes, 100, 200));
	}

	@Test
	void fileThatIsNotThereIsToldFromAStoreThatIsAway() throws IOException {
		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.open("archive/none", ByteRange.whole(1)))
			.matches(StoreException::isMissing);
		keep(NAME);
		server.stop();
		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.open(NAME, ByteRange.whole(1)))
			.matches((ex) -> !ex.isMissing());
		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> keep("archive/other"))
			.matches((ex) -> !ex.isMissing());
		server.restart();
		assertThat(read(ByteRange.whole(bytes.length))).isEqualTo(bytes);
	}

	@Test
	void missingBucketDoesNotMakeItsFilesMissing() throws IOException {
		try (S3Store elsewhere = new S3Store(server.settings("no-such-bucket"))) {
			assertThatExceptionOfType(StoreException.class).isThrownBy(() -> elsewhere.open(NAME, ByteRange.whole(1)))
				.matches((ex) -> !ex.isMissing());
		}
	}

	@Test
	void whoHasALinkReadsTheFileAndNoOther() throws Exception {
		keep(NAME);
		URI link = store.link(NAME, Duration.ofHours(1)).orElseThrow();
		try (HttpClient http = HttpClient.newHttpClient()) {
			HttpResponse<byte[]> part = http.send(HttpRequest.newBuilder(link).header("Range", "bytes=5-9").build(),
					HttpResponse.BodyHandlers.ofByteArray());
			assertThat(part.statusCode()).isEqualTo(206);
			assertThat(part.body()).isEqualTo(Arrays.copyOfRange(bytes, 5, 10));
			assertThat(part.headers().firstValue("Content-Type")).hasValue("video/mp4");
			URI forged = URI.create(link.toString().replace("video_1", "video_2"));
			assertThat(http.send(HttpRequest.newBuilder(forged).build(), HttpResponse.BodyHandlers.discarding())
				.statusCode()).isEqualTo(403);
		}
	}

	@Test
	void removedFileIsGoneAndMayBeRemovedAgain() throws IOException {
		keep(NAME);
		store.remove(NAME);
		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.open(NAME, ByteRange.whole(1)))
			.matches(StoreException::isMissing);
		assertThatNoException().isThrownBy(() -> store.remove(NAME));
	}

	private static Path keep(String name) throws IOException {
		Path file = Files.write(Files.createTempFile(folder, "", ""), bytes);
		store.keep(name, file);
		return file;
	}

	private static byte[] read(ByteRange range) throws IOException {
		try (InputStream content = store.open(NAME, range)) {
			return content.readNBytes((int) range.length());
		}
	}

}
