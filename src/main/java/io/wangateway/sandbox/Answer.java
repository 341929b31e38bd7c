package io.wangateway.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * An answer as it leaves the service; what becomes of it on its way is another matter.
 *
 * @param status the HTTP status
 * @param type the type of the body
 * @param body the body
 */
record Answer(int status, MediaType type, String body) {

	static Answer json(int status, ObjectNode body) {
		return new Answer(status, MediaType.APPLICATION_JSON, body.toString());
	}

	static Answer ok(ObjectNode body) {
		return json(200, body);
	}

	/** Return the beginning of a body: a new request id. */
	static ObjectNode newBody() {
		return JsonNodeFactory.instance.objectNode().put("request_id", UUID.randomUUID().toString());
	}

	byte[] bytes() {
		return this.body.getBytes(StandardCharsets.UTF_8);
	}

	ServerResponse toResponse() {
		byte[] bytes = bytes();
		return ServerResponse.status(this.status)
			.contentType(this.type)
			.contentLength(bytes.length)
			.build((request, response) -> {
				response.getOutputStream().write(bytes);
				return null;
			});
	}

}
