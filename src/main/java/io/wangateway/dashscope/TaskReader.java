package io.wangateway.dashscope;

import java.net.URI;

/**
 * Reads what DashScope says about one task.
 */
final class TaskReader {

	private TaskReader() {
	}

	/**
	 * Read an answer to a query.
	 * @param taskId the task that was asked about
	 * @param answer a 2xx answer
	 * @return how the task stands
	 */
	static TaskStatus read(String taskId, Reply.Answer answer) {
		Fields output = answer.fields().object("output");
		String word = output.text("task_status");
		if (word == null) {
			return NoAnswer.unreadable(answer, "The answer has no task_status");
		}
		String subject = output.text("task_id");
		if (subject != null && !subject.equals(taskId)) {
			return NoAnswer.unreadable(answer, "The answer is about another task");
		}
		TaskStatus.Facts facts = new TaskStatus.Facts(answer.error().requestId(), output.time("submit_time"),
				output.time("scheduled_time"), output.time("end_time"));
		return switch (word) {
			case "RUNNING" -> new TaskStatus.Running(facts);
			case "SUCCEEDED" -> succeeded(answer, output, facts);
			case "FAILED" -> failed(answer, output, facts);
			case "CANCELED" -> new TaskStatus.Cancelled(facts);
			case "UNKNOWN" -> new TaskStatus.Forgotten(facts);
			default -> new TaskStatus.Waiting(word, facts);
		};
	}

	private static TaskStatus succeeded(Reply.Answer answer, Fields output, TaskStatus.Facts facts) {
		Usage usage = Usage.read(answer.fields().object("usage"));
		String prompt = output.text("orig_prompt");
		URI video = output.link("video_url");
		return (video != null) ? new TaskStatus.Succeeded(video, usage, prompt, facts)
				: new TaskStatus.SucceededWithoutVideo(usage, prompt, facts);
	}

	private static TaskStatus failed(Reply.Answer answer, Fields output, TaskStatus.Facts facts) {
		UpstreamError error = new UpstreamError(answer.status(), output.text("code"), output.text("message"),
				answer.error().requestId());
		return new TaskStatus.Failed(error, ErrorKind.of(error.code(), error.message()), output.text("orig_prompt"),
				facts);
	}

}
