package io.wangateway.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.UUID;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

import org.springframework.core.io.ClassPathResource;
import org.springframework.util.DigestUtils;
import org.springframework.util.FileSystemUtils;

/**
 * PostgreSQL's programs and libraries for this machine, as the class path carries them.
 */
final class PostgresBinaries {

	private static final int OWNER_EXECUTES = 0100;

	private PostgresBinaries() {
	}

	/**
	 * Unpack the binaries, unless it has been done. Several processes may do so at once.
	 * @param parent where to; other versions of the binaries that are there are removed
	 * @return the folder that has {@code bin} in it, named for the binaries' content
	 * @throws EmbeddedPostgresException if there are none for this machine
	 * @throws IOException if they can't be read or written
	 */
	static Path unpack(Path parent) throws IOException {
		ClassPathResource archive = archive();
		Path target;
		try (InputStream content = archive.getInputStream()) {
			target = parent.resolve("binaries-" + DigestUtils.md5DigestAsHex(content));
		}
		if (!Files.exists(target)) {
			Path unfinished = Files.createDirectory(parent.resolve("unpacking-" + UUID.randomUUID()));
			try (InputStream content = archive.getInputStream()) {
				unpack(content, unfinished);
				Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
				removeOthers(target);
			}
			catch (IOException ex) {
				FileSystemUtils.deleteRecursively(unfinished);
				if (!Files.exists(target)) {
					throw ex;
				}
			}
		}
		return target;
	}

	private static ClassPathResource archive() {
		String platform = operatingSystem() + "-" + architecture();
		ClassPathResource archive = new ClassPathResource("postgres-" + platform + ".txz");
		if (!archive.exists()) {
			throw new EmbeddedPostgresException(
					"This build of the gateway brings no PostgreSQL for %s along.".formatted(platform));
		}
		return archive;
	}

	private static void unpack(InputStream archive, Path target) throws IOException {
		try (TarArchiveInputStream tar = new TarArchiveInputStream(
				new BufferedInputStream(new XZInputStream(archive)))) {
			for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
				Path path = entry.resolveIn(target);
				if (entry.isDirectory()) {
					Files.createDirectories(path);
				}
				else {
					unpack(tar, entry, path);
				}
			}
		}
	}

	private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path path) throws IOException {
		Files.createDirectories(path.getParent());
		if (entry.isSymbolicLink()) {
			Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
			return;
		}
		Files.copy(tar, path);
		if ((entry.getMode() & OWNER_EXECUTES) != 0) {
			path.toFile().setExecutable(true, false);
		}
	}

	private static void removeOthers(Path current) throws IOException {
		try (DirectoryStream<Path> all = Files.newDirectoryStream(current.getParent(), "binaries-*")) {
			for (Path binaries : all) {
				if (!binaries.equals(current)) {
					FileSystemUtils.deleteRecursively(binaries);
				}
			}
		}
	}

	private static String operatingSystem() {
		String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
		if (name.startsWith("mac")) {
			return "darwin";
		}
		return name.startsWith("windows") ? "windows" : name;
	}

	private static String architecture() {
		String name = System.getProperty("os.arch");
		return switch (name) {
			case "amd64", "x86_64" -> "x86_64";
			case "aarch64" -> "arm_64";
			default -> name;
		};
	}

}
