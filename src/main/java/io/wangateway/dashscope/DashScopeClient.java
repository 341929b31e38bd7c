package io.wangateway.dashscope;

import java.io.InputStream;
import java.time.Clock;

import org.springframework.http.HttpMethod;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks to one account of DashScope: makes tasks, asks how they stand, searches,
 * cancels, uploads. Calls block the calling thread, which is expected to be a virtual
 * one, for at most the deadline of the settings; no call delays another. No call is
 * repeated, paced or limited here, and none throws for what DashScope or the network
 * does: whatever happens is an answer.
 */
@SuppressWarnings({ "DoNotCallSuggester", "UnusedVariable" }) // until all bodies are
																// written
public final class DashScopeClient implements AutoCloseable {

	private static final String CREATE = "/services/aigc/video-generation/video-synthesis";

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Wire wire;

	private final Clock clock;

	/**
	 * Make a client of an account. The live account and the simulator are two clients.
	 * @param account whom to speak to
	 * @param settings the deadlines and limits of every call
	 * @param clock what tells when uploads expire
	 */
	public DashScopeClient(DashScopeAccount account, DashScopeSettings settings, Clock clock) {
		this.wire = new Wire(account, settings);
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
			case Reply.Answer answer -> Submission.read(answer);
			case Reply.NotSent notSent -> new Submission.NotTaken(notSent.error(), false);
			case Reply.Broken broken -> new Submission.Unknown(broken.error());
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
		throw new UnsupportedOperationException();
	}

	/**
	 * Ask to cancel a task. Repeating it does no harm.
	 * @param taskId the id that {@link #create} returned
	 * @return what became of it
	 */
	public Cancellation cancel(String taskId) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Ask for leave to upload media.
	 * @param model the upstream model that will read them
	 * @return the leave
	 */
	public UploadPermission uploadPolicy(String model) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Upload a file. Its bytes are passed on as they are read, never held as a whole.
	 * @param policy the leave
	 * @param fileName a name not used before, of letters, digits, dots, dashes and
	 * underscores
	 * @param contentType such as {@code image/png}
	 * @param length the exact number of bytes
	 * @param content the bytes, closed afterwards
	 * @return where the file is
	 */
	public Upload upload(UploadPolicy policy, String fileName, String contentType, long length, InputStream content) {
		throw new UnsupportedOperationException();
	}

	/** Break off every call that is under way; no further call is possible. */
	@Override
	public void close() {
		this.wire.close();
	}

}
