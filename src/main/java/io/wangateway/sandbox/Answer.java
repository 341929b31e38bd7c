package io.wangateway.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * An answer as it leaves the service; what becomes of it on its way is another matter.
 */
final class Answer {

	private final int status;

	private final MediaType type;

	private final byte[] body;

	/**
	 * Create an answer.
	 * @param status the HTTP status
	 * @param type the type of the body
	 * @param body the body
	 */
	Answer(int status, MediaType type, byte[] body) {
		this.status = status;
		this.type = type;
		this.body = body;
	}

	static Answer text(int status, MediaType type, String body) {
		return new Answer(status, type, body.getBytes(StandardCharsets.UTF_8));
	}

	static Answer json(int status, ObjectNode body) {
		return text(status, MediaType.APPLICATION_JSON, body.toString());
	}

	static Answer ok(ObjectNode body) {
		return json(200, body);
	}

	/** Return the beginning of a body: a new request id. */
	static ObjectNode newBody() {
		return JsonNodeFactory.instance.objectNode().put("request_id", UUID.randomUUID().toString());
	}

	byte[] body() {
		return this.body;
	}

	/** Return the response without its body. */
	ServerResponse.BodyBuilder head() {
		return ServerResponse.status(this.status).contentType(this.type);
	}

	ServerResponse toResponse() {
		return head().contentLength(this.body.length).build((request, response) -> {
			response.getOutputStream().write(this.body);
			return null;
		});
	}

}
