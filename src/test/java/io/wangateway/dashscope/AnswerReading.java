package io.wangateway.dashscope;

import java.nio.charset.StandardCharsets;

/**
 * Reads answers as the client does, for tests that need no network in between.
 */
public final class AnswerReading {

	private AnswerReading() {
	}

	/** Read the answer to a query for a task. */
	public static TaskStatus status(String taskId, String json) {
		return TaskReader.read(taskId, new Reply.Answer(200, Fields.parse(json.getBytes(StandardCharsets.UTF_8)),
				new UpstreamError(200, null, null, null)));
	}

}
