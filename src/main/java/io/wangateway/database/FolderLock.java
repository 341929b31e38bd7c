package io.wangateway.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a folder for one process. The operating system lets go of the lock when the
 * process ends, however it ends; processes that it has started do not hold it.
 */
final class FolderLock implements AutoCloseable {

	/**
	 * The folders that this process holds. Merely closing a second channel to a lock file
	 * would let go of the first one's lock, so none is opened.
	 */
	private static final Set<Path> held = ConcurrentHashMap.newKeySet();

	private final Path folder;

	private final FileChannel channel;

	private FolderLock(Path folder, FileChannel channel) {
		this.folder = folder;
		this.channel = channel;
	}

	/**
	 * Lock a folder, without waiting.
	 * @param folder an existing folder's real path
	 * @return the lock
	 * @throws EmbeddedPostgresException if another process holds it, or this one
	 * @throws IOException if the lock file can't be written
	 */
	static FolderLock take(Path folder) throws IOException {
		if (held.contains(folder)) {
			throw inUse(folder, "this process");
		}
		Path file = folder.resolve("lock");
		FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		if (channel.tryLock() == null) {
			channel.close();
			throw inUse(folder, "process " + Files.readString(file));
		}
		channel.truncate(0);
		channel.write(StandardCharsets.US_ASCII.encode(Long.toString(ProcessHandle.current().pid())));
		held.add(folder);
		return new FolderLock(folder, channel);
	}

	private static EmbeddedPostgresException inUse(Path folder, String holder) {
		return new EmbeddedPostgresException(
				"Another gateway (%s) is running with the embedded PostgreSQL in %s.".formatted(holder, folder));
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
		held.remove(this.folder);
	}

}
