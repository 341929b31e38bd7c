package io.wangateway.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Creating tasks, asking about them, and cancelling them. */
class TaskRoutes {

	private final Tasks tasks;

	private final TaskPlanner planner;

	private final Uploads uploads;

	private final Throttle throttle;

	private final SharedState shared;

	private final Faults faults;

	private final Videos videos;

	private final Clock clock;

	TaskRoutes(Tasks tasks, TaskPlanner planner, Uploads uploads, Throttle throttle, SharedState shared, Faults faults,
			Videos videos, Clock clock) {
		this.tasks = tasks;
		this.planner = planner;
		this.uploads = uploads;
		this.throttle = throttle;
		this.shared = shared;
		this.faults = faults;
		this.videos = videos;
		this.clock = clock;
	}

	ServerResponse create(ServerRequest request) throws IOException {
		if (!"enable".equals(request.headers().firstHeader("X-DashScope-Async"))) {
			throw new Refusal(403, "AccessDenied", "current user api does not support synchronous calls.");
		}
		Synthesis synthesis = Synthesis.of(JsonFields.parse(RequestBody.read(request)));
		boolean resolved = "enable".equals(request.headers().firstHeader("X-DashScope-OssResourceResolve"));
		synthesis.files().forEach((file) -> this.uploads.require(file, synthesis.model(), resolved));
		Directives directives = Directives.inPrompt(synthesis.prompt());
		return this.faults.answer(Route.CREATE, subject(synthesis.prompt()), directives,
				() -> create(synthesis, directives));
	}

	private Answer create(Synthesis synthesis, Directives directives) {
		Behaviour behaviour = this.shared.behaviour();
		this.throttle.pass("create " + synthesis.model().id(), behaviour.limits().submissionsPerSecond());
		Directives all = directives.and(Directives.drawn(behaviour.faults()).twists());
		Task task = this.planner.create(synthesis, all, behaviour);
		return Answer.ok(TaskAnswers.created(task));
	}

	private static String subject(@Nullable String prompt) {
		return "prompt " + UUID.nameUUIDFromBytes(String.valueOf(prompt).getBytes(StandardCharsets.UTF_8));
	}

	ServerResponse query(ServerRequest request) {
		this.throttle.pass("query", this.shared.behaviour().limits().queriesPerSecond());
		String id = request.pathVariable("id");
		Optional<Task> task = find(id);
		Directives directives = task.map(Task::directives).orElse(Directives.NONE);
		return this.faults.answer(Route.POLL, "task " + id, directives,
				() -> Answer.ok(task.filter(this::isKnown)
					.map((found) -> TaskAnswers.status(found, this.videos.link(found, request)))
					.orElseGet(() -> TaskAnswers.unknown(id))));
	}

	private boolean isKnown(Task task) {
		boolean denied = task.directives()
			.find(Twist.UNKNOWN)
			.filter((directive) -> !directive.isLimited() || this.shared.use("task " + task.id(), directive))
			.isPresent();
		return !denied && task.status() != Task.Status.UNKNOWN;
	}

	ServerResponse list(ServerRequest request) {
		this.throttle.pass("list", this.shared.behaviour().limits().listsPerSecond());
		return this.faults.answer(Route.LIST, "list", Directives.NONE, () -> {
			Instant now = this.clock.instant();
			TaskFilter filter = TaskFilter.of(request, now);
			return Answer.ok(TaskAnswers.list(this.tasks.list(filter, now), this.tasks.count(filter, now), filter));
		});
	}

	ServerResponse cancel(ServerRequest request) {
		this.throttle.pass("cancel", this.shared.behaviour().limits().cancelsPerSecond());
		Optional<Task> task = find(request.pathVariable("id"));
		Directives directives = task.map(Task::directives).orElse(Directives.NONE);
		return this.faults.answer(Route.CANCEL, "cancel " + request.pathVariable("id"), directives, () -> {
			if (task.filter((found) -> this.tasks.cancel(found.id(), this.clock.instant())).isEmpty()) {
				throw new Refusal(400, "UnsupportedOperation",
						"Failed to cancel the task, please confirm if the task is in PENDING status.");
			}
			return Answer.ok(Answer.newBody());
		});
	}

	private Optional<Task> find(String id) {
		try {
			return this.tasks.find(UUID.fromString(id), this.clock.instant());
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

}
