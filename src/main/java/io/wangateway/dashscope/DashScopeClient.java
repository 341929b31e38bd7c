package io.wangateway.dashscope;

import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/**
 * Speaks to one account of DashScope: makes tasks, asks how they stand, searches,
 * cancels, uploads. Calls block the calling thread, which is expected to be a virtual
 * one, for at most the deadline of the settings; no call delays another. No call is
 * repeated, paced or limited here, and none throws for what DashScope or the network
 * does: whatever happens is an answer.
 */
public final class DashScopeClient {

	private static final String CREATE = "/services/aigc/video-generation/video-synthesis";

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Wire wire;

	private final TemporaryStorage storage;

	private final Clock clock;

	/**
	 * Make a client of an account. The live account and the simulator are two clients.
	 * @param account whom to speak to
	 * @param settings the deadlines and limits of every call
	 * @param clock what tells when uploads expire
	 */
	public DashScopeClient(DashScopeAccount account, DashScopeSettings settings, Clock clock) {
		HttpClients httpClients = new HttpClients(settings.connectTimeout(), settings.callTimeout());
		this.wire = new Wire(account, settings, httpClients);
		this.storage = new TemporaryStorage(httpClients, settings.uploadTimeout(), clock);
		this.clock = clock;
	}

	/**
	 * Ask for a video. Not idempotent: asking again makes, and bills, another one, unless
	 * the first answer proves that there is none.
	 * @param task the video
	 * @return what became of it
	 */
	public Submission create(VideoTask task) {
		Reply reply = this.wire.postOnce(CREATE, (headers) -> {
			headers.set("X-DashScope-Async", "enable");
			if (task.usesTemporaryStorage()) {
				headers.set("X-DashScope-OssResourceResolve", "enable");
			}
		}, JSON.writeValueAsBytes(task));
		return switch (reply) {
			case Reply.Answer answer -> submission(answer);
			case Reply.NotSent notSent -> new Submission.NotTaken(notSent.error(), false);
			case Reply.Broken broken -> new Submission.Unknown(broken.error());
		};
	}

	private static Submission submission(Reply.Answer answer) {
		UpstreamError error = answer.error();
		if (answer.isSuccess()) {
			String taskId = answer.fields().object("output").text("task_id");
			return (taskId != null) ? new Submission.Accepted(taskId, error.requestId())
					: new Submission.Unknown(error.because("A success without a task_id"));
		}
		return switch (Verdict.of(error)) {
			case REQUEST -> new Submission.Refused(error, ErrorKind.of(error.code(), error.message()).ofRefusal());
			case ACCOUNT -> new Submission.AccountFault(error);
			case THROTTLED -> new Submission.NotTaken(error, true);
			case BUSY -> new Submission.NotTaken(error, false);
			case UNCLEAR -> new Submission.Unknown(error);
		};
	}

	/**
	 * Ask how a task stands.
	 * @param taskId the id that {@link #create} returned
	 * @return how it stands
	 */
	public TaskStatus status(String taskId) {
		Reply reply = this.wire.call(HttpMethod.GET, (uri) -> uri.path("/tasks/{id}").build(taskId));
		return (reply instanceof Reply.Answer answer && answer.isSuccess()) ? TaskReader.read(taskId, answer)
				: NoAnswer.of(reply);
	}

	/**
	 * Search the list of all tasks of the account, whoever made them.
	 * @param query what to search for
	 * @return one page of what there is
	 */
	public TaskListing list(TaskQuery query) {
		Reply reply = this.wire.call(HttpMethod.GET,
				(uri) -> uri.path("/tasks")
					.queryParamIfPresent("start_time", Optional.ofNullable(ListReader.from(query.from())))
					.queryParamIfPresent("end_time", Optional.ofNullable(ListReader.to(query.to())))
					.queryParamIfPresent("model_name", Optional.ofNullable(query.model()))
					.queryParamIfPresent("status", Optional.ofNullable(query.status()))
					.queryParam("page_no", query.page())
					.build());
		return (reply instanceof Reply.Answer answer && answer.isSuccess()) ? ListReader.read(query.page(), answer)
				: NoAnswer.of(reply);
	}

	/**
	 * Ask to cancel a task. Repeating it does no harm.
	 * @param taskId the id that {@link #create} returned
	 * @return what became of it
	 */
	public Cancellation cancel(String taskId) {
		Reply reply = this.wire.call(HttpMethod.POST, (uri) -> uri.path("/tasks/{id}/cancel").build(taskId));
		if (!(reply instanceof Reply.Answer answer)) {
			return NoAnswer.of(reply);
		}
		UpstreamError error = answer.error();
		if (answer.isSuccess()) {
			return answer.fields().isPresent() ? new Cancellation.Passed(error.requestId()) : NoAnswer.of(reply);
		}
		return "UnsupportedOperation".equals(error.code()) ? new Cancellation.NotPending(error) : NoAnswer.of(reply);
	}

	/**
	 * Ask for leave to upload media.
	 * @param model the upstream model that will read them
	 * @return the leave
	 */
	public UploadPermission uploadPolicy(String model) {
		Instant now = this.clock.instant();
		Reply reply = this.wire.call(HttpMethod.GET,
				(uri) -> uri.path("/uploads").queryParam("action", "getPolicy").queryParam("model", model).build(),
				// Documented so, though there is no content.
				(headers) -> headers.setContentType(MediaType.APPLICATION_JSON));
		return (reply instanceof Reply.Answer answer && answer.isSuccess()) ? UploadPolicy.read(answer, now)
				: NoAnswer.of(reply);
	}

	/**
	 * Upload a file. Its bytes are passed on as they are read, never held as a whole.
	 * @param policy the leave
	 * @param fileName a name not used before, of letters, digits, dots, dashes and
	 * underscores
	 * @param contentType such as {@code image/png}
	 * @param length the exact number of bytes
	 * @param content the bytes, read once; the caller closes it
	 * @return where the file is
	 */
	public Upload upload(UploadPolicy policy, String fileName, String contentType, long length, InputStream content) {
		return this.storage.store(policy, fileName, contentType, length, content);
	}

}
