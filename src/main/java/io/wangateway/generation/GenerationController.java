package io.wangateway.generation;

import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32C;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.wangateway.team.Caller.TeamCaller;
import io.wangateway.team.OwnRateLimit;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Teams ask for videos here, and how they stand.
 */
@RestController
class GenerationController {

	private final GenerationRequestReader requests;

	private final TeamUploads uploads;

	private final GenerationIntake intake;

	private final GenerationReader reader;

	private final JsonMapper json;

	GenerationController(GenerationRequestReader requests, TeamUploads uploads, GenerationIntake intake,
			GenerationReader reader, JsonMapper json) {
		this.requests = requests;
		this.uploads = uploads;
		this.intake = intake;
		this.reader = reader;
		this.json = json;
	}

	@PostMapping("/v1/videos/generations")
	@OwnRateLimit
	ResponseEntity<?> create(TeamCaller caller, @RequestBody ObjectNode body,
			@RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
			@RequestParam(name = "dry_run", defaultValue = "false") boolean dryRun, HttpServletResponse response) {
		if (caller.suspended()) {
			throw suspended();
		}
		checkModel(caller, body);
		GenerationRequest request = read(caller, body, idempotencyKey, response);
		if (dryRun) {
			headers(this.intake.take(caller), response);
			return ResponseEntity.ok(this.intake.estimate(caller, request));
		}
		Intake taken = this.intake.accept(caller, request, body, idempotencyKey);
		headers(taken.bucket(), response);
		return switch (taken.outcome()) {
			case ACCEPTED -> receipt(taken);
			case REPLAYED -> {
				response.setHeader("Idempotent-Replayed", "true");
				yield receipt(taken);
			}
			case RATE_LIMITED, TEAM_SUSPENDED, IDEMPOTENCY_IN_PROGRESS, IDEMPOTENCY_KEY_REUSED, UPSTREAM_NOT_CONFIGURED,
					CLIENT_BUSINESS_ID_CONFLICT, QUEUE_FULL, BUDGET_EXCEEDED ->
				throw taken.refusal();
		};
	}

	@GetMapping({ "/v1/videos/generations/{id}", "/v1/tasks/{id}" })
	ResponseEntity<byte[]> get(TeamCaller caller, @PathVariable String id) {
		GenerationView view = this.reader.look(caller, id);
		byte[] body = this.json.writeValueAsBytes(view);
		return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).eTag(etag(body)).body(body);
	}

	/**
	 * The request, once it is known to be right; what is wrong takes its token as well.
	 */
	private GenerationRequest read(TeamCaller caller, ObjectNode body, @Nullable String idempotencyKey,
			HttpServletResponse response) {
		try {
			IdempotencyKeys.check(idempotencyKey);
			return this.requests.read(body, this.uploads.of(caller));
		}
		catch (ApiException ex) {
			headers(this.intake.take(caller), response);
			throw ex;
		}
	}

	private static void checkModel(TeamCaller caller, ObjectNode body) {
		String model = body.path("model").stringValue("");
		if (!model.isEmpty() && !caller.models().isEmpty() && !caller.models().contains(model)) {
			throw new ApiException(ErrorCode.MODEL_ACCESS_DENIED,
					"This key may use %s, not %s".formatted(String.join(", ", caller.models()), model));
		}
	}

	/** Whole, so that it goes out in one piece. */
	private ResponseEntity<byte[]> receipt(Intake taken) {
		GenerationId id = new GenerationId(Objects.requireNonNull(taken.id()));
		return ResponseEntity.ok()
			.header(HttpHeaders.LOCATION, "/v1/videos/generations/" + id)
			.contentType(MediaType.APPLICATION_JSON)
			.body(this.json
				.writeValueAsBytes(new Receipt(id, Objects.requireNonNull(taken.model()), PublicStatus.QUEUED, 0,
						Objects.requireNonNull(taken.createdAt()).longValue(), Map.of(), taken.clientBusinessId())));
	}

	private static void headers(Intake.Bucket bucket, HttpServletResponse response) {
		response.setHeader("X-RateLimit-Category", "async_submit");
		response.setIntHeader("X-RateLimit-Limit", bucket.limit());
		response.setIntHeader("X-RateLimit-Remaining", bucket.remaining());
		response.setHeader("X-RateLimit-Reset", Long.toString((long) Math.ceil(bucket.fullAt())));
		if (!bucket.granted()) {
			throw bucket.refusal();
		}
	}

	private static String etag(byte[] body) {
		CRC32C checksum = new CRC32C();
		checksum.update(body);
		return "\"" + Long.toHexString(checksum.getValue()) + "-" + Integer.toHexString(body.length) + "\"";
	}

	static ApiException suspended() {
		return new ApiException(ErrorCode.TEAM_SUSPENDED,
				"This team is suspended: it can read what it has, and submit nothing");
	}

	static ApiException notFound(String id) {
		return new ApiException(ErrorCode.TASK_NOT_FOUND, "There is no task " + id);
	}

	/**
	 * The answer to an accepted request: exactly these keys.
	 *
	 * @param id the generation
	 * @param model the public name that was asked for
	 * @param status always queued
	 * @param progress always 0
	 * @param createdAt in Unix seconds
	 * @param metadata always empty
	 * @param clientBusinessId only if the caller sent it
	 */
	@JsonPropertyOrder({ "id", "object", "model", "status", "progress", "created_at", "metadata",
			"client_business_id" })
	record Receipt(GenerationId id, String model, PublicStatus status, int progress, long createdAt,
			Map<String, String> metadata, @Nullable String clientBusinessId) {

		public String getObject() {
			return "generation.task";
		}

	}

}
