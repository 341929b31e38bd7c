package io.wangateway.upload;

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads PNG images, whole: every chunk, its checksum, and the pixels without keeping
 * them.
 *
 * @see <a href="https://www.w3.org/TR/png-3/">PNG specification</a>
 */
final class PngImage {

	private static final int HEADER_LENGTH = 13;

	private static final int CHECKSUM = 4;

	private static final int GREY_WITH_ALPHA = 4;

	private static final int COLOUR_WITH_ALPHA = 6;

	private final MediaBytes file;

	private final CRC32 crc = new CRC32();

	private final byte[] pixels = new byte[1 << 14];

	private long inflated;

	private PngImage(MediaBytes file) {
		this.file = file;
	}

	static Media read(MediaBytes file) throws IOException {
		Inflater inflater = new Inflater();
		try {
			return new PngImage(file).read(inflater);
		}
		finally {
			inflater.end();
		}
	}

	private Media read(Inflater inflater) throws IOException {
		this.file.seek(8);
		Header header = header();
		for (String name = "IHDR"; !name.equals("IEND");) {
			long length = this.file.u32();
			name = this.file.name();
			if (length > this.file.remaining() - 4) {
				throw new UnfitMediaException("ends too early");
			}
			switch (name) {
				case "tRNS" -> throw alpha();
				case "acTL" -> throw UnfitMediaException.animated();
				case "IEND" -> this.file.skip(CHECKSUM);
				case "IDAT" -> inflate(inflater, (int) length, header.rawSize());
				default -> this.file.skip(length + CHECKSUM);
			}
		}
		if (this.file.remaining() > 0) {
			throw new UnfitMediaException("has %d bytes behind its end".formatted(this.file.remaining()));
		}
		if (!inflater.finished() || this.inflated != header.rawSize()) {
			throw new UnfitMediaException("has fewer pixels than its header says");
		}
		return new Media("image/png", header.width(), header.height());
	}

	private Header header() throws IOException {
		if (this.file.u32() != HEADER_LENGTH || !this.file.name().equals("IHDR")) {
			throw new UnfitMediaException("does not begin with a header");
		}
		Header header = new Header(this.file.u32(), this.file.u32(), this.file.u8(), this.file.u8(), this.file.u16(),
				this.file.u8());
		this.file.skip(CHECKSUM);
		if (header.colour() == GREY_WITH_ALPHA || header.colour() == COLOUR_WITH_ALPHA) {
			throw alpha();
		}
		header.check();
		return header;
	}

	private void inflate(Inflater inflater, int length, long most) throws IOException {
		this.crc.reset();
		this.crc.update(new byte[] { 'I', 'D', 'A', 'T' });
		int left = length;
		while (left > 0) {
			byte[] part = this.file.bytes(Math.min(left, this.pixels.length));
			left -= part.length;
			this.crc.update(part);
			inflater.setInput(part);
			drain(inflater, most);
		}
		if (this.file.u32() != this.crc.getValue()) {
			throw new UnfitMediaException("is damaged: the checksum of its pixels is wrong");
		}
	}

	private void drain(Inflater inflater, long most) {
		try {
			for (int read = inflater.inflate(this.pixels); read > 0; read = inflater.inflate(this.pixels)) {
				this.inflated += read;
				if (this.inflated > most) {
					throw new UnfitMediaException("unpacks to more pixels than its header says");
				}
			}
			if (inflater.finished() && inflater.getRemaining() > 0) {
				throw new UnfitMediaException("has something behind its pixels that is no part of them");
			}
		}
		catch (DataFormatException ex) {
			throw new UnfitMediaException("is damaged: its pixels can't be unpacked");
		}
	}

	private static UnfitMediaException alpha() {
		return new UnfitMediaException("has transparency, which Alibaba does not take; save it without alpha");
	}

	/**
	 * The first chunk.
	 *
	 * @param width in pixels
	 * @param height in pixels
	 * @param depth bits per sample
	 * @param colour the kind of pixels
	 * @param methods of compression and filtering, both 0
	 * @param interlace 0, or 1 for Adam7
	 */
	private record Header(long width, long height, int depth, int colour, int methods, int interlace) {

		/** For each pass: where it starts, and how far apart its pixels are. */
		private static final int[][] ADAM7 = { { 0, 0, 8, 8 }, { 4, 0, 8, 8 }, { 0, 4, 4, 8 }, { 2, 0, 4, 4 },
				{ 0, 2, 2, 4 }, { 1, 0, 2, 2 }, { 0, 1, 1, 2 } };

		void check() {
			boolean known = switch (this.colour) {
				case 0 -> this.depth == 1 || this.depth == 2 || this.depth == 4 || this.depth == 8 || this.depth == 16;
				case 2 -> this.depth == 8 || this.depth == 16;
				case 3 -> this.depth == 1 || this.depth == 2 || this.depth == 4 || this.depth == 8;
				default -> false;
			};
			if (!known || this.methods != 0 || this.interlace > 1) {
				throw new UnfitMediaException("has a header that no PNG has");
			}
			ImageLimits.check(this.width, this.height);
		}

		/** How many bytes the pixels unpack to. */
		long rawSize() {
			if (this.interlace == 0) {
				return pass(this.width, this.height);
			}
			long size = 0;
			for (int[] pass : ADAM7) {
				size += pass((this.width - pass[0] + pass[2] - 1) / pass[2],
						(this.height - pass[1] + pass[3] - 1) / pass[3]);
			}
			return size;
		}

		private long pass(long columns, long rows) {
			long bits = columns * this.depth * ((this.colour == 2) ? 3 : 1);
			return (columns == 0) ? 0 : rows * (1 + (bits + 7) / 8);
		}

	}

}
