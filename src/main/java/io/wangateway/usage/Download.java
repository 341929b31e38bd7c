package io.wangateway.usage;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * A file that is made when it is asked for. It is written to disk before it is sent, so
 * that a slow caller holds no transaction open, and a failure half way is an error and
 * not a file that ends early.
 */
final class Download {

	private Download() {
	}

	/**
	 * Make a file and answer with it.
	 * @param name what the caller may save it as
	 * @param type its type
	 * @param content what writes it
	 * @return the answer, which removes the file once it is sent
	 * @throws IOException if it can't be written
	 */
	static ResponseEntity<Resource> of(String name, MediaType type, Content content) throws IOException {
		Path file = Files.createTempFile("wan-gateway", ".tmp");
		try {
			try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
				content.writeTo(out);
			}
			return ResponseEntity.ok()
				.contentType(type)
				.contentLength(Files.size(file))
				.header(HttpHeaders.CONTENT_DISPOSITION,
						ContentDisposition.attachment().filename(name, StandardCharsets.UTF_8).build().toString())
				.body(new InputStreamResource(Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE)));
		}
		catch (IOException | RuntimeException ex) {
			Files.deleteIfExists(file);
			throw ex;
		}
	}

	/** What is in a file. */
	@FunctionalInterface
	interface Content {

		void writeTo(OutputStream out) throws IOException;

	}

}
