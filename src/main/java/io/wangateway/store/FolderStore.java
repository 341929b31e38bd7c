package io.wangateway.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Keeps files in a folder.
 */
final class FolderStore implements Store {

	private final Path folder;

	private final StoreMark mark;

	private volatile @Nullable String settled;

	FolderStore(Path folder, StoreMark mark) {
		this.folder = folder;
		this.mark = mark;
	}

	@Override
	public void keep(String name, Path file) {
		try {
			check();
			Path target = this.folder.resolve(name);
			Path parent = target.getParent();
			Files.createDirectories(parent);
			Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			for (Path changed = parent; changed != null
					&& changed.startsWith(this.folder); changed = changed.getParent()) {
				sync(changed);
			}
		}
		catch (IOException ex) {
			throw StoreException.of("keep " + name, ex);
		}
	}

	@Override
	public InputStream open(String name, ByteRange range) {
		try {
			check();
			return FolderFile.open(this.folder.resolve(name), range.first());
		}
		catch (IOException ex) {
			throw StoreException.of("open " + name, ex);
		}
	}

	@Override
	public boolean hasLinks() {
		return false;
	}

	@Override
	public Optional<URI> link(String name, Duration life) {
		return Optional.empty();
	}

	@Override
	public void remove(String name) {
		try {
			check();
			Files.deleteIfExists(this.folder.resolve(name));
		}
		catch (IOException ex) {
			throw StoreException.of("remove " + name, ex);
		}
	}

	/**
	 * Make sure that the folder is the store, and not what is left where it should be.
	 */
	private void check() throws IOException {
		String expected = this.settled;
		if (expected == null) {
			expected = this.mark.settle(this.folder);
			this.settled = expected;
		}
		Path file = this.folder.resolve(StoreMark.NAME);
		if (!Files.exists(file) || !Files.readString(file).strip().equals(expected)) {
			throw new StoreException("The folder %s is not the store: %s does not say %s".formatted(this.folder,
					StoreMark.NAME, expected));
		}
	}

	/** A name outlives a power cut only if its folder was written as well. */
	private static void sync(Path folder) throws IOException {
		try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
			channel.force(true);
		}
	}

}
