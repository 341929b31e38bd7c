package io.wangateway.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;

/**
 * The folder in which files are made before they are kept. What nobody finishes is swept
 * out of it.
 */
public class Spool {

	private static final Logger logger = LoggerFactory.getLogger(Spool.class);

	/** Longer than anybody goes on with a file that was begun. */
	private static final Duration LIFE = Duration.ofDays(3);

	private final Path folder;

	private final long keptFree;

	private final Clock clock;

	Spool(Path folder, long keptFree, Clock clock) {
		this.folder = folder;
		this.keptFree = keptFree;
		this.clock = clock;
	}

	/**
	 * Begin a file, or go on with one that was begun under that name. It is this caller's
	 * alone until it is closed.
	 * @param name a plain file name
	 * @return the file, with what it has so far
	 * @throws DraftInUseException if somebody else is at it
	 * @throws StoreException if the folder is away or full
	 */
	public Draft open(String name) {
		try {
			Files.createDirectories(this.folder);
			return Draft.open(this.folder.resolve(name), this.keptFree);
		}
		catch (IOException ex) {
			throw StoreException.of("write " + name, ex);
		}
	}

	/** Remove a draft that nobody will go on with, if there is one. */
	public void discard(String name) {
		try {
			Files.deleteIfExists(this.folder.resolve(name));
		}
		catch (IOException ex) {
			throw StoreException.of("remove " + name, ex);
		}
	}

	/** Remove what nobody has touched for days. */
	@Scheduled(initialDelayString = "1m", fixedRateString = "1h")
	void sweep() {
		sweep("", LIFE);
	}

	/**
	 * Remove drafts that nobody has touched for a while.
	 * @param ending what their names end with
	 * @param life how long they may lie
	 */
	public void sweep(String ending, Duration life) {
		Instant oldest = this.clock.instant().minus(life);
		for (Path file : files(ending)) {
			try {
				if (Files.getLastModifiedTime(file).compareTo(FileTime.from(oldest)) < 0) {
					Files.deleteIfExists(file);
				}
			}
			catch (IOException ex) {
				logger.warn("{} is left over and could not be removed", file, ex);
			}
		}
	}

	private List<Path> files(String ending) {
		try (Stream<Path> files = Files.list(this.folder)) {
			return files.filter((file) -> Files.isRegularFile(file) && file.toString().endsWith(ending)).toList();
		}
		catch (IOException _) {
			return List.of();
		}
	}

}
