package io.wangateway.sandbox;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * DashScope's own errors, with the HTTP status that its table of error codes prints
 * beside each.
 */
final class DocumentedErrors {

	private static final Pattern WITH_STATUS = Pattern.compile("([45]\\d\\d):(.+)");

	private static final int UNDOCUMENTED = 400;

	/** What is not listed by its own name goes by the part before the first dot. */
	private static final Map<String, Integer> statuses = Map.ofEntries(Map.entry("InvalidApiKey", 401),
			Map.entry("NOT AUTHORIZED", 401), Map.entry("AccessDenied", 403), Map.entry("Model.AccessDenied", 403),
			Map.entry("Workspace.AccessDenied", 403), Map.entry("App.AccessDenied", 403),
			Map.entry("AllocationQuota.FreeTierOnly", 403), Map.entry("ModelNotFound", 404),
			Map.entry("WorkSpaceNotFound", 404), Map.entry("NotFound", 404), Map.entry("Throttling", 429),
			Map.entry("LimitRequests", 429), Map.entry("CommodityNotPurchased", 429),
			Map.entry("PrepaidBillOverdue", 429), Map.entry("PostpaidBillOverdue", 429),
			Map.entry("InternalError", 500), Map.entry("SystemError", 500), Map.entry("ModelServiceFailed", 500),
			Map.entry("RewriteFailed", 500), Map.entry("RequestTimeOut", 500), Map.entry("ModelServingError", 503),
			Map.entry("ModelUnavailable", 503));

	private static final Map<String, String> messages = Map.ofEntries(
			Map.entry("DataInspectionFailed", "Input or output data may contain inappropriate content."),
			Map.entry("IPInfringementSuspect", "Input data is suspected of being involved in IP infringement."),
			Map.entry("Arrearage", "Access denied, please make sure your account is in good standing."),
			Map.entry("InvalidApiKey", "Invalid API-key provided."), Map.entry("AccessDenied", "Access denied."),
			Map.entry("ModelNotFound", "Model not exist."),
			Map.entry("InvalidParameter.DataInspection",
					"Unable to download the media resource during the data inspection process."),
			Map.entry("Throttling.RateQuota", "Requests rate limit exceeded, please try again later."),
			Map.entry("InternalError",
					"An internal error has occured, please try again later or contact service support."),
			Map.entry("InternalError.Timeout", "An internal timeout error has occured."),
			Map.entry("ModelUnavailable", "Model is unavailable, please try again later."));

	private DocumentedErrors() {
	}

	/**
	 * Return a refusal.
	 * @param code a code, or a status, a colon and a code
	 * @return the refusal, with status 400 for a code that is not in the table
	 */
	static Refusal refusal(String code) {
		Matcher withStatus = WITH_STATUS.matcher(code);
		if (withStatus.matches()) {
			String plain = withStatus.group(2);
			return new Refusal(Integer.parseInt(withStatus.group(1)), plain, message(plain));
		}
		int status = statuses.getOrDefault(code, statuses.getOrDefault(code.replaceFirst("\\..*", ""), UNDOCUMENTED));
		return new Refusal(status, code, message(code));
	}

	static String message(String code) {
		return messages.getOrDefault(code, "The simulator was told to fail as " + code + ".");
	}

}
