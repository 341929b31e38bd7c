package io.wangateway.team;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * A file that holds one key and that only its owner may read.
 *
 * @param path where it is
 */
record KeyFile(Path path) {

	/** Read the key, if the file is there. */
	Optional<KeySecret> read() {
		try {
			return Files.exists(this.path) ? Optional.of(new KeySecret(Files.readString(this.path).strip()))
					: Optional.empty();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not read " + this.path, ex);
		}
	}

	/** Replace the key, all of it or nothing. */
	void write(KeySecret secret) {
		try {
			Files.createDirectories(this.path.toAbsolutePath().getParent());
			Path draft = Files.createTempFile(this.path.toAbsolutePath().getParent(), "key", null, ownerOnly());
			Files.writeString(draft, secret.text() + System.lineSeparator());
			Files.move(draft, this.path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not write " + this.path, ex);
		}
	}

	private FileAttribute<?>[] ownerOnly() {
		boolean posix = this.path.getFileSystem().supportedFileAttributeViews().contains("posix");
		return posix
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
				: new FileAttribute<?>[0];
	}

}
