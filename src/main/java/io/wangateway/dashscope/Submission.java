package io.wangateway.dashscope;

import org.jspecify.annotations.Nullable;

/**
 * What became of a request to make a video. Only {@link NotTaken}, {@link AccountFault}
 * and {@link Refused} prove that there is no task; a second request after {@link Unknown}
 * may buy a second video.
 */
public sealed interface Submission {

	/**
	 * There is a task.
	 *
	 * @param taskId its id, good for 24 hours
	 * @param requestId the id of the request, by which the task list can be searched
	 */
	record Accepted(String taskId, @Nullable String requestId) implements Submission {
	}

	/**
	 * No task, and the same request would be refused again.
	 *
	 * @param error the refusal
	 * @param kind what it is about, never {@link ErrorKind#ACCOUNT}
	 */
	record Refused(UpstreamError error, ErrorKind kind) implements Submission {
	}

	/**
	 * No task, and none for any other request until somebody looks after the key, the
	 * account or the address.
	 *
	 * @param error the refusal
	 */
	record AccountFault(UpstreamError error) implements Submission {
	}

	/**
	 * No task, provably, and the same request may succeed later.
	 *
	 * @param error why not
	 * @param throttled whether DashScope asked to slow down
	 */
	record NotTaken(UpstreamError error, boolean throttled) implements Submission {
	}

	/**
	 * There may or may not be a task.
	 *
	 * @param error why that is not known; a request id in it names the task in the task
	 * list, if there is a task
	 */
	record Unknown(UpstreamError error) implements Submission {
	}

}
