package io.wangateway.upload;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of a file, read from any place, a little at a time.
 */
final class MediaBytes implements AutoCloseable {

	private static final int BUFFER = 1 << 14;

	private final FileChannel channel;

	private final long size;

	private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);

	/** Where the byte after the buffer's last one stands in the file. */
	private long next;

	MediaBytes(Path file) throws IOException {
		this.channel = FileChannel.open(file, StandardOpenOption.READ);
		this.size = this.channel.size();
	}

	long size() {
		return this.size;
	}

	long position() {
		return this.next - this.buffer.remaining();
	}

	long remaining() {
		return this.size - position();
	}

	/** Go to a place in the file. */
	void seek(long position) throws IOException {
		if (position < 0 || position > this.size) {
			throw new EOFException("%d is outside of %d bytes".formatted(position, this.size));
		}
		long first = this.next - this.buffer.limit();
		if (position >= first && position <= this.next) {
			this.buffer.position((int) (position - first));
		}
		else {
			this.buffer.limit(0);
			this.next = position;
		}
	}

	void skip(long bytes) throws IOException {
		seek(position() + bytes);
	}

	int u8() throws IOException {
		if (!this.buffer.hasRemaining()) {
			this.buffer.clear();
			int read = this.channel.read(this.buffer, this.next);
			this.buffer.flip();
			if (read <= 0) {
				this.buffer.limit(0);
				throw new EOFException("%d bytes were too few".formatted(this.size));
			}
			this.next += read;
		}
		return this.buffer.get() & 0xff;
	}

	int u16() throws IOException {
		return u8() << 8 | u8();
	}

	int u24() throws IOException {
		return u16() << 8 | u8();
	}

	long u32() throws IOException {
		return (long) u16() << 16 | u16();
	}

	long u64() throws IOException {
		return u32() << 32 | u32();
	}

	int u16LittleEndian() throws IOException {
		return u8() | u8() << 8;
	}

	int u24LittleEndian() throws IOException {
		return u16LittleEndian() | u8() << 16;
	}

	long u32LittleEndian() throws IOException {
		return u16LittleEndian() | (long) u16LittleEndian() << 16;
	}

	/** Read a name of four characters, such as {@code IHDR} or {@code moov}. */
	String name() throws IOException {
		return new String(bytes(4), StandardCharsets.ISO_8859_1);
	}

	byte[] bytes(int length) throws IOException {
		byte[] bytes = new byte[length];
		for (int i = 0; i < length; i++) {
			bytes[i] = (byte) u8();
		}
		return bytes;
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
