package io.wangateway.dashscope;

import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A form with a file as its last part, whose bytes are passed on as they are read. Its
 * length is known beforehand, because OSS takes no chunks.
 */
final class MultipartForm {

	private final String boundary = UUID.randomUUID().toString();

	private final StringBuilder head = new StringBuilder();

	MultipartForm field(String name, String value) {
		begin("name=\"" + name + "\"").append("\r\n").append(value).append("\r\n");
		return this;
	}

	/**
	 * Return the whole form.
	 * @param fileName the name of the file, without quotes
	 * @param contentType its type
	 * @param length the exact number of its bytes
	 * @param content its bytes
	 * @return what sends the form, once
	 */
	BodyPublisher withFile(String fileName, String contentType, long length, InputStream content) {
		begin("name=\"file\"; filename=\"" + fileName + "\"").append("Content-Type: " + contentType + "\r\n\r\n");
		byte[] before = this.head.toString().getBytes(StandardCharsets.UTF_8);
		byte[] after = ("\r\n--" + this.boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
		BodyPublisher parts = BodyPublishers.concat(BodyPublishers.ofByteArray(before),
				BodyPublishers.ofInputStream(() -> content), BodyPublishers.ofByteArray(after));
		return BodyPublishers.fromPublisher(parts, before.length + length + after.length);
	}

	private StringBuilder begin(String disposition) {
		return this.head.append("--")
			.append(this.boundary)
			.append("\r\nContent-Disposition: form-data; ")
			.append(disposition)
			.append("\r\n");
	}

	String contentType() {
		return "multipart/form-data; boundary=" + this.boundary;
	}

}
