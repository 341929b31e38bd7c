package io.wangateway.upload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
	void animatedPngIsRefused() {
		byte[] png = Samples.uniquePng();
		byte[] animated = Samples.join(Arrays.copyOf(png, 33),
				Samples.join(Samples.chunk("acTL", new byte[8]), Arrays.copyOfRange(png, 33, png.length)));
		assertRefused(UploadKind.IMAGE, animated, "The image is animated; send a single picture, or a video");
	}

	@Test
	void pngWithAnArchiveInsideItsPixelsOrItsEndIsRefused() {
		byte[] png = Samples.uniquePng();
		int end = png.length - 12;
		byte[] inItsEnd = Samples.join(Arrays.copyOf(png, end), Samples.chunk("IEND", ZIP));
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> inspect(UploadKind.IMAGE, inItsEnd));
		byte[] packed = Arrays.copyOfRange(png, 33 + 8, end - 4);
		byte[] inItsPixels = Samples.join(Arrays.copyOf(png, 33),
				Samples.join(Samples.chunk("IDAT", Samples.join(packed, ZIP)), Samples.chunk("IEND", new byte[0])));
		assertRefused(UploadKind.IMAGE, inItsPixels,
				"The image has something behind its pixels that is no part of them");
	}

	@Test
	void jpegThatHasASizeAndNoPixelsIsRefused() {
		byte[] jpeg = Samples.read("picture.jpg");
		int scan = new String(jpeg, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00da");
		assertRefused(UploadKind.IMAGE,
				Samples.join(Arrays.copyOf(jpeg, scan), new byte[] { (byte) 0xff, (byte) 0xd9 }),
				"The image has no picture in it");
	}

	@Test
	void bmpWhoseHeaderCountsAnArchiveInIsRefused() {
		byte[] bmp = Samples.join(Samples.read("picture.bmp"), ZIP);
		ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(2, bmp.length);
		assertRefused(UploadKind.IMAGE, bmp, "The image has %d bytes behind its end".formatted(ZIP.length));
	}

	@Test
	void bmpOfPixelsWithoutBitsIsRefused() {
		byte[] bmp = Arrays.copyOf(Samples.read("picture.bmp"), 54);
		ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putShort(28, (short) 0);
		assertRefused(UploadKind.IMAGE, bmp, "The image has a header that no BMP has");
	}

	@Test
	void bmpWithAColourProfileBehindItsPixelsIsTaken() throws IOException {
		byte[] old = Samples.read("picture.bmp");
		byte[] profile = new byte[100];
		byte[] header = Arrays.copyOf(old, 14 + 124);
		ByteBuffer.wrap(header)
			.order(ByteOrder.LITTLE_ENDIAN)
			.putInt(10, header.length)
			.putInt(14, 124)
			.put(14 + 56, "DEBM".getBytes(StandardCharsets.US_ASCII))
			.putInt(14 + 112, 124 + old.length - 54)
			.putInt(14 + 116, profile.length);
		byte[] bmp = Samples.join(Samples.join(header, Arrays.copyOfRange(old, 54, old.length)), profile);
		assertThat(inspect(UploadKind.IMAGE, bmp).mimeType()).isEqualTo("image/bmp");
		assertRefused(UploadKind.IMAGE, Arrays.copyOf(bmp, bmp.length - 1), "The image ends too early");
	}

	@Test
	void videoOfBoxesInBoxesInBoxesIsRefused() {
		int levels = 9_000;
		ByteBuffer boxes = ByteBuffer.allocate(levels * 8);
		for (int level = levels; level > 0; level--) {
			boxes.putInt(level * 8).put("moov".getBytes(StandardCharsets.US_ASCII));
		}
		assertRefused(UploadKind.VIDEO, boxes.array(),
				UploadKind.VIDEO.unsupported() + ". The video is damaged: part moov is where it can't be");
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
