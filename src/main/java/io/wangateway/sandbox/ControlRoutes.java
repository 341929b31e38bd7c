package io.wangateway.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * What the real service does not have, for tests and drills: to change how it behaves,
 * and to look behind the scenes. No key is needed.
 */
class ControlRoutes {

	private static final Duration EVER = Duration.ofDays(36_500);

	private static final int MOST = 10_000;

	private final SharedState shared;

	private final Tasks tasks;

	private final Uploads uploads;

	private final Clock clock;

	ControlRoutes(SharedState shared, Tasks tasks, Uploads uploads, Clock clock) {
		this.shared = shared;
		this.tasks = tasks;
		this.uploads = uploads;
		this.clock = clock;
	}

	/** Show how the simulator behaves. */
	ServerResponse behaviour(ServerRequest request) {
		return json(this.shared.describe(this.shared.behaviour()));
	}

	/** Change the fields in the body, which is nested like the settings. */
	ServerResponse change(ServerRequest request) throws IOException {
		String changes = new String(request.servletRequest().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return json(this.shared.describe(this.shared.change(changes)));
	}

	/** Behave as configured again. */
	ServerResponse reset(ServerRequest request) {
		this.shared.reset();
		return behaviour(request);
	}

	/**
	 * Count the tasks that were created, and show the newest 10,000 of them, whether or
	 * not anybody else could still ask for them.
	 */
	ServerResponse tasks(ServerRequest request) {
		ObjectNode body = JsonNodeFactory.instance.objectNode();
		body.put("count", this.tasks.count());
		ArrayNode data = body.putArray("tasks");
		for (Task task : this.tasks.newest(MOST, this.clock.instant())) {
			data.addObject()
				.put("task_id", task.id().toString())
				.put("request_id", task.requestId().toString())
				.put("model", task.model())
				.put("prompt", task.prompt())
				.put("status", task.status().name())
				.put("created_at", task.createdAt().toString())
				.put("starts_at", task.startsAt().toString())
				.put("ends_at", task.endsAt().toString());
		}
		return json(body);
	}

	/** Show the newest 10,000 files that were brought, by size and digest. */
	ServerResponse uploads(ServerRequest request) {
		ObjectNode body = JsonNodeFactory.instance.objectNode();
		ArrayNode data = body.putArray("uploads");
		for (Uploads.Brought upload : this.uploads.newest(MOST)) {
			data.addObject()
				.put("key", upload.key())
				.put("model", upload.model())
				.put("size", upload.sizeBytes())
				.put("sha256", upload.sha256());
		}
		return json(body);
	}

	/** Forget every task and upload. */
	ServerResponse forget(ServerRequest request) {
		Instant now = this.clock.instant();
		this.tasks.forget(now.plus(EVER));
		this.uploads.forget(now.plus(EVER));
		return tasks(request);
	}

	private static ServerResponse json(JsonNode body) {
		return Answer.text(200, MediaType.APPLICATION_JSON, body.toString()).toResponse();
	}

}
