package io.wangateway.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file that is being made. It is locked, since a writer that was given up for dead may
 * wake up and go on. What was written survives the process, but counts for nothing before
 * {@link #finish()}.
 */
public final class Draft implements AutoCloseable {

	private static final int BUFFER = 1 << 16;

	private final Path path;

	private final FileChannel channel;

	private final long keptFree;

	private final MessageDigest digest = newDigest();

	private long length;

	private Draft(Path path, FileChannel channel, long keptFree) {
		this.path = path;
		this.channel = channel;
		this.keptFree = keptFree;
	}

	static Draft open(Path path, long keptFree) throws IOException {
		FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ,
				StandardOpenOption.WRITE);
		try {
			if (channel.tryLock() == null) {
				throw new OverlappingFileLockException();
			}
			Draft draft = new Draft(path, channel, keptFree);
			draft.readBack();
			return draft;
		}
		catch (OverlappingFileLockException ex) {
			channel.close();
			throw new DraftInUseException(path.getFileName().toString());
		}
		catch (IOException ex) {
			channel.close();
			throw ex;
		}
	}

	private void readBack() throws IOException {
		ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
		while (this.channel.read(buffer) >= 0) {
			count(buffer.flip());
			buffer.clear();
		}
	}

	/** Return how many bytes it has so far. */
	public long length() {
		return this.length;
	}

	/** Return where it is. */
	public Path path() {
		return this.path;
	}

	/**
	 * Add what can be read.
	 * @param content the bytes, read to their end; the caller closes it
	 * @param most how many bytes the file may have
	 * @return whether it was not too long; where it was, it has one byte more than
	 * allowed
	 * @throws IOException if the content can't be read
	 * @throws StoreException if it can't be written, such as to a full disk
	 */
	public boolean append(InputStream content, long most) throws IOException {
		byte[] buffer = new byte[BUFFER];
		while (this.length <= most) {
			int read = content.read(buffer, 0, (int) Math.min(BUFFER, most + 1 - this.length));
			if (read < 0) {
				return true;
			}
			write(ByteBuffer.wrap(buffer, 0, read));
		}
		return false;
	}

	private void write(ByteBuffer bytes) {
		if (this.path.toFile().getUsableSpace() < this.keptFree + bytes.remaining()) {
			throw new StoreException("Could not write %s: the disk would have less than %d bytes left"
				.formatted(this.path.getFileName(), this.keptFree));
		}
		count(bytes.duplicate());
		try {
			while (bytes.hasRemaining()) {
				this.channel.write(bytes);
			}
		}
		catch (IOException ex) {
			throw StoreException.of("write " + this.path.getFileName(), ex);
		}
	}

	private void count(ByteBuffer bytes) {
		this.length += bytes.remaining();
		this.digest.update(bytes);
	}

	/** Begin again from nothing. */
	public void restart() {
		try {
			this.channel.truncate(0);
			this.channel.position(0);
		}
		catch (IOException ex) {
			throw StoreException.of("empty " + this.path.getFileName(), ex);
		}
		this.digest.reset();
		this.length = 0;
	}

	/**
	 * Put it on disk for good. Nothing may be added afterwards.
	 * @return what it is
	 * @throws StoreException if that fails, such as on a full disk
	 */
	public Content finish() {
		try {
			this.channel.force(true);
			return new Content(this.length, HexFormat.of().formatHex(this.digest.digest()));
		}
		catch (IOException ex) {
			throw StoreException.of("finish " + this.path.getFileName(), ex);
		}
	}

	/** Leave nothing behind. A file that was kept meanwhile stays. */
	public void discard() {
		try {
			Files.deleteIfExists(this.path);
		}
		catch (IOException ex) {
			throw StoreException.of("remove " + this.path.getFileName(), ex);
		}
	}

	/** Let others go on with it. */
	@Override
	public void close() {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			throw StoreException.of("close " + this.path.getFileName(), ex);
		}
	}

	private static MessageDigest newDigest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
