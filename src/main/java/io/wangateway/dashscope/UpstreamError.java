package io.wangateway.dashscope;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong upstream, kept for ops and safe to log: our key, the query strings of
 * links and temporary storage addresses are taken out, line breaks too, and nothing is
 * longer than a screen.
 *
 * @param httpStatus the status of the answer, or {@code null} if none came; 200 for a
 * task that failed after it was accepted
 * @param code DashScope's code, or {@code null} if it gave none
 * @param message DashScope's message, or ours where DashScope gave none
 * @param requestId DashScope's id of the request, or {@code null} if it gave none
 */
public record UpstreamError(@Nullable Integer httpStatus, @Nullable String code, @Nullable String message,
		@Nullable String requestId) {

	private static final int LONGEST_WORD = 128;

	private static final int LONGEST_MESSAGE = 1000;

	private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

	private static final Pattern QUERY = Pattern.compile("(https?://[^\\s?\"'<>]+)\\?[^\\s\"'<>]*",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern TEMPORARY = Pattern.compile("oss://[^\\s\"'<>]*", Pattern.CASE_INSENSITIVE);

	public UpstreamError {
		code = safe(code, LONGEST_WORD);
		message = safe(message, LONGEST_MESSAGE);
		requestId = safe(requestId, LONGEST_WORD);
	}

	/** There was no answer. */
	static UpstreamError noAnswer(String why) {
		return new UpstreamError(null, null, why, null);
	}

	/** Return the same error with a message of ours. */
	UpstreamError because(String why) {
		return new UpstreamError(this.httpStatus, this.code, why, this.requestId);
	}

	private static @Nullable String safe(@Nullable String text, int longest) {
		if (text == null) {
			return null;
		}
		String line = CONTROL.matcher(text).replaceAll(" ");
		String masked = TEMPORARY.matcher(QUERY.matcher(line).replaceAll("$1?…")).replaceAll("oss://…");
		return (masked.length() <= longest) ? masked : masked.substring(0, longest - 1) + "…";
	}

}
