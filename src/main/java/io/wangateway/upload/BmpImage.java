package io.wangateway.upload;

import java.io.IOException;

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

	private BmpImage() {
	}

	static Media read(MediaBytes file) throws IOException {
		file.seek(2);
		long size = file.u32LittleEndian();
		file.skip(4);
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
		if (compression != UNCOMPRESSED && compression != BIT_FIELDS) {
			throw new UnfitMediaException("is compressed in a way that few programs read; save it without");
		}
		long end = pixels + height * ((width * depth + 31) / 32 * 4);
		if (end > file.size() || size > file.size()) {
			throw new UnfitMediaException("ends too early");
		}
		if (file.size() > Math.max(end, size)) {
			throw new UnfitMediaException("has %d bytes behind its end".formatted(file.size() - Math.max(end, size)));
		}
		return new Media("image/bmp", width, height);
	}

}
