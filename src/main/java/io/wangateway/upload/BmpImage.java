package io.wangateway.upload;

import java.io.IOException;
import java.util.Set;

/**
 * Reads BMP images.
 *
 * @see <a href= "https://learn.microsoft.com/windows/win32/gdi/bitmap-storage">Bitmap
 * storage</a>
 */
final class BmpImage {

	private static final int OLD_HEADER = 12;

	private static final int UNCOMPRESSED = 0;

	private static final int BIT_FIELDS = 3;

	private static final Set<Integer> DEPTHS = Set.of(1, 4, 8, 16, 24, 32);

	/** The header that can have a colour profile, which lies behind the pixels. */
	private static final int PROFILED_HEADER = 124;

	/** Where such a header says what it has of colours, counted from its own start. */
	private static final int COLOUR_SPACE = 56;

	private static final String EMBEDDED = "DEBM";

	/** Where it says where its profile is, and how long. */
	private static final int PROFILE = 112;

	private static final int FILE_HEADER = 14;

	/** Some programs fill up to a multiple of four. */
	private static final int PADDING = 3;

	private BmpImage() {
	}

	static Media read(MediaBytes file) throws IOException {
		file.seek(2);
		file.skip(8);
		long pixels = file.u32LittleEndian();
		long header = file.u32LittleEndian();
		boolean old = header == OLD_HEADER;
		if (!old && (header < 40 || header > 256)) {
			throw new UnfitMediaException("has a header that no BMP has");
		}
		long width = old ? file.u16LittleEndian() : (int) file.u32LittleEndian();
		long height = Math.abs(old ? file.u16LittleEndian() : (int) file.u32LittleEndian());
		file.skip(2);
		int depth = file.u16LittleEndian();
		long compression = old ? UNCOMPRESSED : file.u32LittleEndian();
		ImageLimits.check(width, height);
		if (!DEPTHS.contains(depth)) {
			throw new UnfitMediaException("has a header that no BMP has");
		}
		if (compression != UNCOMPRESSED && compression != BIT_FIELDS) {
			throw new UnfitMediaException("is compressed in a way that few programs read; save it without");
		}
		long end = pixels + height * ((width * depth + 31) / 32 * 4);
		if (header >= PROFILED_HEADER) {
			end = Math.max(end, profileEnd(file));
		}
		if (end > file.size()) {
			throw new UnfitMediaException("ends too early");
		}
		if (file.size() > end + PADDING) {
			throw new UnfitMediaException("has %d bytes behind its end".formatted(file.size() - end));
		}
		return new Media("image/bmp", width, height);
	}

	private static long profileEnd(MediaBytes file) throws IOException {
		file.seek(FILE_HEADER + COLOUR_SPACE);
		if (!file.name().equals(EMBEDDED)) {
			return 0;
		}
		file.seek(FILE_HEADER + PROFILE);
		return FILE_HEADER + file.u32LittleEndian() + file.u32LittleEndian();
	}

}
