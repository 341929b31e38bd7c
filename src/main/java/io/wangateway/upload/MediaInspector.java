package io.wangateway.upload;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;

import io.wangateway.web.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * Judges files by what is in them, never by their names.
 */
final class MediaInspector {

	private static final int HEAD = 16;

	/** What the first part of a video can be; the older films have no {@code ftyp}. */
	private static final Set<String> FIRST_BOXES = Set.of("ftyp", "moov", "mdat", "wide", "free", "skip");

	private MediaInspector() {
	}

	/**
	 * Find out what a file is.
	 * @param kind what it should be
	 * @param path where it is
	 * @return what it is
	 * @throws ApiException if it is something else, broken, or beyond a limit
	 */
	static Media inspect(UploadKind kind, Path path) {
		try (MediaBytes file = new MediaBytes(path)) {
			if (file.size() == 0) {
				throw new UnfitMediaException("is empty");
			}
			String head = new String(file.bytes((int) Math.min(HEAD, file.size())), StandardCharsets.ISO_8859_1);
			return switch (kind) {
				case IMAGE -> image(head, file);
				case VIDEO -> video(head, file);
			};
		}
		catch (UnfitMediaException ex) {
			throw refusal(kind, ex.getMessage());
		}
		catch (EOFException _) {
			throw refusal(kind, "ends too early");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Media image(String head, MediaBytes file) throws IOException {
		if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
			return PngImage.read(file);
		}
		if (head.startsWith("\u00ff\u00d8\u00ff")) {
			return JpegImage.read(file);
		}
		if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
			return WebpImage.read(file);
		}
		if (head.startsWith("BM")) {
			return BmpImage.read(file);
		}
		String unsupported = UploadKind.IMAGE.unsupported();
		throw ApiException.invalid("file",
				head.startsWith("GIF8") ? unsupported + ". Alibaba does not take GIF" : unsupported);
	}

	private static Media video(String head, MediaBytes file) throws IOException {
		if (head.length() < 8 || !FIRST_BOXES.contains(head.substring(4, 8))) {
			throw ApiException.invalid("file", UploadKind.VIDEO.unsupported());
		}
		return Mp4Media.read(file);
	}

	private static ApiException refusal(UploadKind kind, @Nullable String why) {
		return ApiException.invalid("file", switch (kind) {
			case IMAGE -> "The image " + why;
			case VIDEO -> kind.unsupported() + ". The video " + why;
		});
	}

}
