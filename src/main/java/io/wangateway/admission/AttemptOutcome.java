package io.wangateway.admission;

import java.util.Locale;

import io.wangateway.dashscope.Submission;
import io.wangateway.dashscope.UpstreamError;
import org.jspecify.annotations.Nullable;

/**
 * What became of an attempt, as it is written down.
 *
 * @param kind in a word
 * @param httpStatus the status of upstream's answer, or {@code null}
 * @param upstreamCode upstream's code, or {@code null}
 * @param requestId upstream's request id, or {@code null}
 * @param taskId upstream's id of the task that it made, or {@code null}
 */
record AttemptOutcome(Kind kind, @Nullable Integer httpStatus, @Nullable String upstreamCode,
		@Nullable String requestId, @Nullable String taskId) {

	static final AttemptOutcome HANDED_BACK = new AttemptOutcome(Kind.HANDED_BACK, null, null, null, null);

	static final AttemptOutcome SILENT = new AttemptOutcome(Kind.SILENT, null, null, null, null);

	static AttemptOutcome of(Submission submission) {
		return switch (submission) {
			case Submission.Accepted(String taskId, @Nullable String requestId) ->
				new AttemptOutcome(Kind.ACCEPTED, 200, null, requestId, taskId);
			case Submission.Refused(UpstreamError error, var _) -> of(Kind.REFUSED, error);
			case Submission.AccountFault(UpstreamError error) -> of(Kind.ACCOUNT_FAULT, error);
			case Submission.NotTaken(UpstreamError error, var _) -> of(Kind.NOT_TAKEN, error);
			case Submission.Unknown(UpstreamError error) -> of(Kind.UNKNOWN, error);
		};
	}

	private static AttemptOutcome of(Kind kind, UpstreamError error) {
		return new AttemptOutcome(kind, error.httpStatus(), error.code(), error.requestId(), null);
	}

	/** The words of the table's check. */
	enum Kind {

		ACCEPTED, REFUSED, ACCOUNT_FAULT, NOT_TAKEN, UNKNOWN, HANDED_BACK, SILENT;

		String code() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
