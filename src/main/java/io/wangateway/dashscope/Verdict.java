package io.wangateway.dashscope;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What an answer other than a success says about the request.
 */
enum Verdict {

	/** Refused for what it asks; nothing was done. */
	REQUEST,

	/** Refused for who asks, or where; nothing was done. */
	ACCOUNT,

	/** Refused for asking too fast; nothing was done. */
	THROTTLED,

	/** Refused for want of capacity; nothing was done. */
	BUSY,

	/** It does not say whether anything was done. */
	UNCLEAR;

	/**
	 * Judge an error. A client error, whoever answered it, means that nothing was done,
	 * except 408, which proxies also send when the server behind them was too slow. A
	 * server error means it only in the two cases that Alibaba documents as repeatable
	 * and answers with its own body.
	 * @param error the answer as an error
	 * @return the verdict
	 */
	static Verdict of(UpstreamError error) {
		int status = (error.httpStatus() != null) ? error.httpStatus() : 0;
		if (status == 503 && isOutOfCapacity(error.code())) {
			return BUSY;
		}
		if (status < 400 || status >= 500 || status == 408) {
			return UNCLEAR;
		}
		return ofClientError(status, error);
	}

	private static Verdict ofClientError(int status, UpstreamError error) {
		ErrorKind kind = ErrorKind.of(error.code(), error.message());
		if (kind == ErrorKind.ACCOUNT) {
			return ACCOUNT;
		}
		if (kind.blamesTheRequest()) {
			return (status == 429) ? THROTTLED : REQUEST;
		}
		return switch (status) {
			case 413 -> REQUEST;
			case 429 -> THROTTLED;
			// Permission, address, proxy: whatever the code, no other request fares
			// better.
			case 401, 402, 403, 405, 407 -> ACCOUNT;
			default -> ofUnknownCode(error.code());
		};
	}

	private static Verdict ofUnknownCode(@Nullable String code) {
		if (code == null) {
			// Not DashScope speaks here but something that stands at a wrong address.
			return ACCOUNT;
		}
		String word = code.toLowerCase(Locale.ROOT);
		if (word.equals("throttling.allocationquota")) {
			// Under 400 it counts resources, which do not come back by waiting.
			return ACCOUNT;
		}
		return word.startsWith("throttling") ? THROTTLED : REQUEST;
	}

	private static boolean isOutOfCapacity(@Nullable String code) {
		return "ModelUnavailable".equalsIgnoreCase(code) || "ModelServingError".equalsIgnoreCase(code);
	}

}
