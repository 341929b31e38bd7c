package io.wangateway.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.springframework.web.servlet.function.ServerRequest;

/**
 * Reads bodies up to the size that the service takes: 16 MiB, plus what base64 adds to
 * it.
 */
final class RequestBody {

	private static final int LIMIT = 16 << 20;

	private static final int LIMIT_WITH_BASE64 = LIMIT / 3 * 4 + (1 << 20);

	private RequestBody() {
	}

	static byte[] read(ServerRequest request) throws IOException {
		byte[] body = request.servletRequest().getInputStream().readNBytes(LIMIT_WITH_BASE64 + 1);
		boolean tooLarge = body.length > LIMIT && (body.length > LIMIT_WITH_BASE64 || !containsBase64(body));
		if (tooLarge) {
			throw new Refusal(413, "BadRequest.TooLarge", "Payload Too Large");
		}
		return body;
	}

	private static boolean containsBase64(byte[] body) {
		return new String(body, StandardCharsets.ISO_8859_1).contains(";base64,");
	}

}
