package io.wangateway.dashscope;

import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a code of DashScope's is about, for a request that was refused and for a task that
 * failed. After the error codes that Alibaba lists.
 */
public enum ErrorKind {

	/** A value, a combination or a medium that DashScope does not take. */
	INVALID_PARAMETERS,

	/** Moderation refused the input or the output, or suspects an infringement. */
	CONTENT_POLICY,

	/** DashScope could not fetch or inspect the media. */
	INPUT_UNREACHABLE,

	/**
	 * The key, the account, its bill, its quota or its permissions; nothing a team did.
	 */
	ACCOUNT,

	/** DashScope gave up, usually after three hours without a result. */
	TIMEOUT,

	/** DashScope failed, or did not say why. */
	GENERATION;

	private static final Pattern FREE_QUOTA = Pattern.compile("\\bfree\\b.*\\b(quota|tier)\\b",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern NO_SUCH_MODEL = Pattern.compile("\\bmodel not exist", Pattern.CASE_INSENSITIVE);

	/**
	 * Return what an error is about.
	 * @param code DashScope's code, in any case, or {@code null}
	 * @param message DashScope's message, which decides where one code means two things
	 * @return the kind, {@link #GENERATION} for a code that is missing or unknown
	 */
	static ErrorKind of(@Nullable String code, @Nullable String message) {
		String word = (code != null) ? code.strip().toLowerCase(Locale.ROOT) : "";
		String text = (message != null) ? message : "";
		return switch (word) {
			case "invalidapikey", "not authorized", "arrearage", "commoditynotpurchased", "prepaidbilloverdue",
					"postpaidbilloverdue", "modelnotfound", "workspacenotfound", "accessdenied" ->
				ACCOUNT;
			case "throttling.allocationquota" -> FREE_QUOTA.matcher(text).find() ? ACCOUNT : GENERATION;
			case "invalidparameter" -> NO_SUCH_MODEL.matcher(text).find() ? ACCOUNT : INVALID_PARAMETERS;
			case "datainspectionfailed", "ipinfringementsuspect" -> CONTENT_POLICY;
			case "invalidparameter.datainspection", "invalidurl", "badrequest.inputdownloadfailed" -> INPUT_UNREACHABLE;
			case "internalerror.timeout", "requesttimeout" -> TIMEOUT;
			case "invalid_parameter_error", "unsupportedoperation" -> INVALID_PARAMETERS;
			default -> ofFamily(word);
		};
	}

	private static ErrorKind ofFamily(String word) {
		if (word.startsWith("accessdenied.") || word.endsWith(".accessdenied") || word.startsWith("allocationquota.")) {
			return ACCOUNT;
		}
		if (word.startsWith("invalidurl.")) {
			return INPUT_UNREACHABLE;
		}
		boolean aboutTheRequest = word.startsWith("invalidparameter.") || word.startsWith("invalidfile")
				|| word.startsWith("invalidimage") || word.startsWith("badrequest.");
		return aboutTheRequest ? INVALID_PARAMETERS : GENERATION;
	}

	/** Whether the request itself is to blame, so that repeating it is useless. */
	boolean blamesTheRequest() {
		return this == INVALID_PARAMETERS || this == CONTENT_POLICY || this == INPUT_UNREACHABLE;
	}

	/** Return the kind where the request was refused, under whatever code. */
	ErrorKind ofRefusal() {
		return blamesTheRequest() ? this : INVALID_PARAMETERS;
	}

}
