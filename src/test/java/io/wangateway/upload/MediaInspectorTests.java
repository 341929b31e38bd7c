package io.wangateway.upload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

import io.wangateway.web.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Files judged by what is in them. */
class MediaInspectorTests {

	private static final byte[] ZIP = "PK\u0003\u0004 and something to unpack".getBytes(StandardCharsets.US_ASCII);

	@TempDir
	private Path folder;

	@ParameterizedTest
	@CsvSource({ "picture.png, IMAGE, image/png", "picture.jpg, IMAGE, image/jpeg", "picture.bmp, IMAGE, image/bmp",
			"lossy.webp, IMAGE, image/webp", "lossless.webp, IMAGE, image/webp", "film.mp4, VIDEO, video/mp4",
			"film.mov, VIDEO, video/quicktime" })
	void goodFileIsWhatItsContentSays(String name, UploadKind kind, String mimeType) throws IOException {
		assertThat(inspect(kind, Samples.read(name))).isEqualTo(new Media(mimeType, 320, 240));
	}

	@ParameterizedTest
	@CsvSource({ "picture.png, IMAGE", "picture.jpg, IMAGE", "picture.bmp, IMAGE", "lossy.webp, IMAGE",
			"lossless.webp, IMAGE", "film.mp4, VIDEO", "film.mov, VIDEO" })
	void fileThatWasCutOffAnywhereIsRefused(String name, UploadKind kind) {
		byte[] whole = Samples.read(name);
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int i = 0; i < 50; i++) {
			int length = random.nextInt(whole.length);
			assertThatExceptionOfType(ApiException.class).as("%s cut to %d bytes, seed %d", name, length, seed)
				.isThrownBy(() -> inspect(kind, Arrays.copyOf(whole, length)));
		}
	}

	@ParameterizedTest
	@CsvSource({ "picture.png, IMAGE", "picture.jpg, IMAGE", "picture.bmp, IMAGE", "lossy.webp, IMAGE",
			"lossless.webp, IMAGE", "film.mp4, VIDEO", "film.mov, VIDEO" })
	void fileThatIsAnotherOneAsWellIsRefused(String name, UploadKind kind) {
		assertThatExceptionOfType(ApiException.class)
			.isThrownBy(() -> inspect(kind, Samples.join(Samples.read(name), ZIP)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "film.mp4", "film.mov" })
	void videoWithSomethingBehindItIsToldSo(String name) {
		for (String behind : new String[] { "PK\u0003\u0004", "<html><script>", "%PDF-1.7 ..." }) {
			assertRefused(UploadKind.VIDEO,
					Samples.join(Samples.read(name), (behind + " and more of it").getBytes(StandardCharsets.US_ASCII)),
					"Unsupported or invalid video file. Allowed: MP4, MOV. "
							+ "The video has something behind its end that is no part of a video");
		}
	}

	@ParameterizedTest
	@CsvSource({ "picture.png, IMAGE", "picture.jpg, IMAGE", "lossy.webp, IMAGE", "film.mp4, VIDEO",
			"film.mov, VIDEO" })
	void damageIsNeverMoreThanARefusal(String name, UploadKind kind) throws IOException {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int i = 0; i < 300; i++) {
			byte[] damaged = Samples.read(name);
			for (int j = random.nextInt(8); j >= 0; j--) {
				damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
			}
			try {
				inspect(kind, damaged);
			}
			catch (ApiException _) {
				// A refusal is what damage may lead to.
			}
			catch (RuntimeException ex) {
				throw new AssertionError("%s, seed %d, round %d".formatted(name, seed, i), ex);
			}
		}
	}

	@Test
	void zeroBytesAreRefused() {
		assertRefused(UploadKind.IMAGE, new byte[0], "The image is empty");
		assertRefused(UploadKind.VIDEO, new byte[0],
				"Unsupported or invalid video file. Allowed: MP4, MOV. The video is empty");
	}

	@Test
	void filesOfOtherKindsAreRefusedInTheKnownWords() {
		assertRefused(UploadKind.IMAGE, "<html></html>".getBytes(StandardCharsets.US_ASCII),
				"Unsupported image type. Allowed: JPEG, PNG, WebP, BMP");
		assertRefused(UploadKind.IMAGE, Samples.read("film.mp4"),
				"Unsupported image type. Allowed: JPEG, PNG, WebP, BMP");
		assertRefused(UploadKind.VIDEO, Samples.read("picture.png"),
				"Unsupported or invalid video file. Allowed: MP4, MOV");
	}

	@Test
	void gifIsRefusedWithTheReason() {
		assertRefused(UploadKind.IMAGE, "GIF89a and so on".getBytes(StandardCharsets.US_ASCII),
				"Unsupported image type. Allowed: JPEG, PNG, WebP, BMP. Alibaba does not take GIF");
	}

	@Test
	void animationIsRefused() {
		assertRefused(UploadKind.IMAGE, Samples.read("animated.webp"),
				"The image is animated; send a single picture, or a video");
	}

	@Test
	void pngWithTransparencyIsRefused() {
		assertRefused(UploadKind.IMAGE, Samples.png(240, 240, 6, new byte[240 * 961]),
				"The image has transparency, which Alibaba does not take; save it without alpha");
	}

	@ParameterizedTest
	@CsvSource({ "239, 240", "240, 239", "8001, 240", "240, 8001", "60000, 60000", "0, 0" })
	void imageThatIsTooSmallOrTooLargeIsRefusedBeforeItIsUnpacked(int width, int height) {
		assertRefused(UploadKind.IMAGE, Samples.png(width, height, 0, new byte[10]),
				"The image must be 240 to 8000 pixels wide and high (is %d × %d)".formatted(width, height));
	}

	@Test
	void pngThatUnpacksToMoreThanItSaysIsRefused() {
		assertRefused(UploadKind.IMAGE, Samples.png(240, 240, 0, new byte[5_000_000]),
				"The image unpacks to more pixels than its header says");
	}

	@Test
	void pngThatUnpacksToLessThanItSaysIsRefused() {
		assertRefused(UploadKind.IMAGE, Samples.png(8000, 8000, 0, new byte[1000]),
				"The image has fewer pixels than its header says");
	}

	@Test
	void jpegWithAFurtherPictureBehindItIsTaken() throws IOException {
		byte[] jpeg = Samples.read("picture.jpg");
		assertThat(inspect(UploadKind.IMAGE, Samples.join(Samples.join(jpeg, new byte[10]), jpeg)).mimeType())
			.isEqualTo("image/jpeg");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 999, 30_001, Integer.MAX_VALUE })
	void videoThatIsTooShortOrTooLongIsRefused(int milliseconds) {
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> inspect(UploadKind.VIDEO, lasting(milliseconds)))
			.withMessageStartingWith(
					"Unsupported or invalid video file. Allowed: MP4, MOV. The video must be 1 to 30 seconds long (is ");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1000, 30_000 })
	void videoThatIsJustShortOrLongEnoughIsTaken(int milliseconds) throws IOException {
		assertThat(inspect(UploadKind.VIDEO, lasting(milliseconds)).mimeType()).isEqualTo("video/mp4");
	}

	private static byte[] lasting(int milliseconds) {
		byte[] film = Samples.read("film.mp4");
		int header = new String(film, StandardCharsets.ISO_8859_1).indexOf("mvhd") + 4;
		ByteBuffer.wrap(film).putInt(header + 12, 1000).putInt(header + 16, milliseconds);
		return film;
	}

	private void assertRefused(UploadKind kind, byte[] content, String message) {
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> inspect(kind, content)).withMessage(message);
	}

	private Media inspect(UploadKind kind, byte[] content) throws IOException {
		return MediaInspector.inspect(kind, Files.write(this.folder.resolve("file"), content));
	}

}
