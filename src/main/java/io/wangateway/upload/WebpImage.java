package io.wangateway.upload;

import java.io.IOException;

/**
 * Reads WebP images, chunk by chunk.
 *
 * @see <a href="https://developers.google.com/speed/webp/docs/riff_container">WebP
 * container specification</a>
 */
final class WebpImage {

	private static final int ANIMATED = 0x02;

	private final MediaBytes file;

	private long width;

	private long height;

	private boolean picture;

	private WebpImage(MediaBytes file) {
		this.file = file;
	}

	static Media read(MediaBytes file) throws IOException {
		file.seek(4);
		long size = file.u32LittleEndian() + 8;
		if (size != file.size()) {
			throw new UnfitMediaException((size > file.size()) ? "ends too early"
					: "has %d bytes behind its end".formatted(file.size() - size));
		}
		file.seek(12);
		WebpImage image = new WebpImage(file);
		while (file.remaining() > 0) {
			image.readChunk();
		}
		if (!image.picture) {
			throw new UnfitMediaException("has no picture in it");
		}
		ImageLimits.check(image.width, image.height);
		return new Media("image/webp", image.width, image.height);
	}

	private void readChunk() throws IOException {
		String name = this.file.name();
		long length = this.file.u32LittleEndian();
		long next = this.file.position() + length + length % 2;
		switch (name) {
			case "VP8X" -> readExtended();
			case "VP8 " -> readLossy();
			case "VP8L" -> readLossless();
			default -> {
			}
		}
		this.file.seek(next);
	}

	private void readExtended() throws IOException {
		if ((this.file.u8() & ANIMATED) != 0) {
			throw UnfitMediaException.animated();
		}
		this.file.skip(3);
		this.width = this.file.u24LittleEndian() + 1L;
		this.height = this.file.u24LittleEndian() + 1L;
	}

	private void readLossy() throws IOException {
		this.file.skip(3);
		if (this.file.u24() != 0x9d012a) {
			throw new UnfitMediaException("is damaged: its picture does not begin as one");
		}
		found(this.file.u16LittleEndian() & 0x3fff, this.file.u16LittleEndian() & 0x3fff);
	}

	private void readLossless() throws IOException {
		if (this.file.u8() != 0x2f) {
			throw new UnfitMediaException("is damaged: its picture does not begin as one");
		}
		long bits = this.file.u32LittleEndian();
		found((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
	}

	private void found(long columns, long rows) {
		this.picture = true;
		this.width = columns;
		this.height = rows;
	}

}
