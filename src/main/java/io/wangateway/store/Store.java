package io.wangateway.store;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps files under names such as {@code archive/…/video.mp4}. A name is there with all
 * its bytes, or it is not there. Every replica sees the same store.
 */
public sealed interface Store permits FolderStore, S3Store {

	/**
	 * Keep a file, in place of any other under that name. When this returns, the file
	 * survives a power cut.
	 * @param name what to find it by
	 * @param file the file, already on disk for good; gone from there afterwards
	 * @throws StoreException if the store is away or full; nothing has changed then
	 */
	void keep(String name, Path file);

	/**
	 * Open a file, or a part of it.
	 * @param name what it was kept under
	 * @param range the part
	 * @return the bytes from the range's first on, at least as far as its last; to be
	 * closed
	 * @throws StoreException if the store is away or has no such file
	 */
	InputStream open(String name, ByteRange range);

	/**
	 * Whether there are links, since the store can be reached from outside.
	 * @return whether {@link #link} returns any
	 */
	boolean hasLinks();

	/**
	 * Return a link by which anybody who has it can read a file, with {@code GET} only.
	 * @param name what it was kept under
	 * @param life how long the link is to work
	 * @return the link, nothing if this store can't be reached from outside
	 */
	Optional<URI> link(String name, Duration life);

	/**
	 * Remove a file, if it is there.
	 * @param name what it was kept under
	 * @throws StoreException if the store is away
	 */
	void remove(String name);

}
