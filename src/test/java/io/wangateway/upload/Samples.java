package io.wangateway.upload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Files of every kind, 320 × 240 pixels; the films last two seconds. */
public final class Samples {

	private static final AtomicLong count = new AtomicLong();

	private Samples() {
	}

	public static byte[] read(String name) {
		try (InputStream file = Samples.class.getResourceAsStream("/upload/" + name)) {
			return Objects.requireNonNull(file, name).readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static byte[] join(byte[] first, byte[] second) {
		byte[] joined = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, joined, first.length, second.length);
		return joined;
	}

	/** A PNG of its own, so that no team has it already. */
	public static byte[] uniquePng() {
		byte[] raw = new byte[240 * (1 + 240)];
		ByteBuffer.wrap(raw).putLong(1, count.incrementAndGet());
		return png(240, 240, 0, raw);
	}

	/**
	 * A PNG whose header says what it likes.
	 * @param colour 0 for grey, 6 for colours with transparency
	 * @param raw what the pixels unpack to
	 */
	static byte[] png(int width, int height, int colour, byte[] raw) {
		Deflater deflater = new Deflater();
		deflater.setInput(raw);
		deflater.finish();
		byte[] packed = new byte[raw.length + 1000];
		int length = deflater.deflate(packed);
		deflater.end();
		byte[] header = ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8).put((byte) colour).array();
		byte[] png = { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
		png = join(png, chunk("IHDR", header));
		png = join(png, chunk("IDAT", Arrays.copyOf(packed, length)));
		return join(png, chunk("IEND", new byte[0]));
	}

	/** Return a chunk of a PNG. */
	static byte[] chunk(String name, byte[] content) {
		byte[] named = ByteBuffer.allocate(4 + content.length)
			.put(name.getBytes(StandardCharsets.US_ASCII))
			.put(content)
			.array();
		CRC32 crc = new CRC32();
		crc.update(named);
		return ByteBuffer.allocate(8 + named.length)
			.putInt(content.length)
			.put(named)
			.putInt((int) crc.getValue())
			.array();
	}

}
