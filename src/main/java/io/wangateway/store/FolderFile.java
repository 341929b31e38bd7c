package io.wangateway.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of a folder, open for reading from some byte on.
 */
final class FolderFile extends FilterInputStream {

	private final Path path;

	private final FileChannel channel;

	private FolderFile(Path path, FileChannel channel) {
		super(Channels.newInputStream(channel));
		this.path = path;
		this.channel = channel;
	}

	static FolderFile open(Path path, long first) throws IOException {
		FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
		try {
			return new FolderFile(path, channel.position(first));
		}
		catch (IOException ex) {
			channel.close();
			throw ex;
		}
	}

	Path path() {
		return this.path;
	}

	/**
	 * Pass a part on without looking at it.
	 * @param part what to pass on
	 * @param target where to
	 * @return whether the file has all of it
	 */
	boolean transfer(ByteRange part, WritableByteChannel target) throws IOException {
		long position = part.first();
		while (position <= part.last()) {
			long passed = this.channel.transferTo(position, part.last() + 1 - position, target);
			if (passed <= 0) {
				return false;
			}
			position += passed;
		}
		return true;
	}

}
