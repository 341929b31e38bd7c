package io.wangateway.sandbox;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tells of tasks, in DashScope's JSON. */
final class TaskAnswers {

	/** The id of the only key. */
	static final String KEY_ID = "1";

	static final String REGION = "cn-beijing";

	/** Without a zone; it is that of Beijing. */
	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS")
		.withZone(ZoneOffset.ofHours(8));

	private TaskAnswers() {
	}

	static ObjectNode created(Task task) {
		ObjectNode body = Answer.newBody().put("request_id", task.requestId().toString());
		body.putObject("output").put("task_status", "PENDING").put("task_id", task.id().toString());
		return body;
	}

	static ObjectNode unknown(String id) {
		ObjectNode body = Answer.newBody();
		body.putObject("output").put("task_id", id).put("task_status", "UNKNOWN");
		return body;
	}

	/**
	 * Tell how a task stands.
	 * @param task the task
	 * @param video where the video is, or will be
	 * @return the answer to a single query
	 */
	static ObjectNode status(Task task, URI video) {
		ObjectNode body = Answer.newBody();
		ObjectNode output = body.putObject("output")
			.put("task_id", task.id().toString())
			.put("task_status", shownStatus(task))
			.put("submit_time", TIME.format(task.createdAt()));
		if (task.hasStarted()) {
			output.put("scheduled_time", TIME.format(task.startsAt()));
		}
		Instant end = task.endedAt();
		if (end != null) {
			output.put("end_time", TIME.format(end));
		}
		if (task.status() == Task.Status.SUCCEEDED) {
			putIfPresent(output, "orig_prompt", echo(task));
			putIfPresent(output, "video_url", task.directives().has(Twist.NO_URL) ? null : video.toString());
			if (!task.directives().has(Twist.NO_USAGE)) {
				body.set("usage", usage(task));
			}
		}
		Task.Failure failure = task.failure();
		if (task.status() == Task.Status.FAILED && failure != null) {
			putIfPresent(output, "code", failure.code());
			putIfPresent(output, "message", failure.message());
		}
		return body;
	}

	/**
	 * List tasks; times are milliseconds here, and results are left out.
	 * @param tasks the tasks of one page
	 * @param total how many there are on all pages
	 * @param filter what was asked for
	 * @return the answer to a list query
	 */
	static ObjectNode list(List<Task> tasks, int total, TaskFilter filter) {
		ObjectNode body = Answer.newBody()
			.put("total", total)
			.put("total_page", Math.ceilDiv(total, filter.pageSize()))
			.put("page_no", filter.page())
			.put("page_size", filter.pageSize());
		ArrayNode data = body.putArray("data");
		tasks.forEach((task) -> data.add(listed(task)));
		return body;
	}

	private static ObjectNode listed(Task task) {
		ObjectNode entry = JsonNodeFactory.instance.objectNode()
			.put("api_key_id", KEY_ID)
			.put("caller_parent_id", "1")
			.put("caller_uid", "1")
			.put("gmt_create", task.createdAt().toEpochMilli())
			.put("region", REGION)
			.put("request_id", task.requestId().toString())
			.put("status", task.status().name())
			.put("task_id", task.id().toString())
			.put("model_name", task.model())
			.put("user_api_unique_key", "apikey:v1:aigc:video-generation:video-synthesis:" + task.model());
		if (task.hasStarted()) {
			entry.put("start_time", task.startsAt().toEpochMilli());
		}
		Instant end = task.endedAt();
		if (end != null) {
			entry.put("end_time", end.toEpochMilli());
		}
		return entry;
	}

	private static String shownStatus(Task task) {
		if (task.status() != Task.Status.RUNNING) {
			return task.status().name();
		}
		return task.directives()
			.find(Twist.STATUS)
			.map((directive) -> directive.valueOr("RUNNING"))
			.orElseGet(() -> task.directives().has(Twist.SUSPENDED) ? "SUSPENDED" : "RUNNING");
	}

	private static @Nullable String echo(Task task) {
		Directive echo = task.directives().find(Twist.ECHO).orElse(null);
		return (echo != null) ? echo.value() : task.prompt();
	}

	private static ObjectNode usage(Task task) {
		Task.Video video = task.video();
		Model.Input input = Model.of(task.model()).input();
		BigDecimal billed = task.directives()
			.find(Twist.USAGE)
			.map((directive) -> directive.numberOr(0))
			.orElseGet(() -> video.inputSeconds().add(BigDecimal.valueOf(video.seconds())));
		ObjectNode usage = JsonNodeFactory.instance.objectNode();
		boolean isFloat = input == Model.Input.REFERENCES;
		usage.put("duration", isFloat ? billed.setScale(Math.max(1, billed.scale())) : billed);
		usage.put("input_video_duration", video.inputSeconds());
		usage.put("output_video_duration", video.seconds());
		usage.put("video_count", 1);
		usage.put("SR",
				task.directives()
					.find(Twist.SR)
					.map((directive) -> directive.numberOr(0))
					.orElseGet(() -> BigDecimal.valueOf(video.tier())));
		if (input != Model.Input.IMAGE) {
			usage.put("size", video.width() + "*" + video.height());
		}
		if (task.directives().has(Twist.STRING_NUMBERS)) {
			usage.propertyStream()
				.filter((field) -> field.getValue().isNumber())
				.toList()
				.forEach((field) -> usage.put(field.getKey(), field.getValue().asString()));
		}
		return usage;
	}

	private static void putIfPresent(ObjectNode node, String name, @Nullable String value) {
		if (value != null) {
			node.put(name, value);
		}
	}

}
