package io.wangateway.web;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The name of one request, by which caller, log and audit trail speak of the same thing.
 */
public final class RequestId {

	static final String HEADER = "X-Request-Id";

	/** Where log patterns find the id. */
	static final String MDC_KEY = "request_id";

	private static final String ATTRIBUTE = RequestId.class.getName();

	private static final int MAX_LENGTH = 128;

	private RequestId() {
	}

	/**
	 * Return the id of the request that the current thread serves.
	 * @return the id, or {@code null} on a thread that serves none
	 */
	public static @Nullable String current() {
		return MDC.get(MDC_KEY);
	}

	/**
	 * Return the id of a request: the caller's where it is 1 to 128 visible ASCII
	 * characters, else one made at the first call.
	 */
	static String of(HttpServletRequest request) {
		if (request.getAttribute(ATTRIBUTE) instanceof String known) {
			return known;
		}
		String sent = request.getHeader(HEADER);
		String id = (sent != null && isUsable(sent)) ? sent : make();
		request.setAttribute(ATTRIBUTE, id);
		return id;
	}

	private static boolean isUsable(String id) {
		return !id.isEmpty() && id.length() <= MAX_LENGTH && id.chars().allMatch((c) -> c > ' ' && c < 0x7f);
	}

	private static String make() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		HexFormat hex = HexFormat.of();
		return "req_" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
	}

}
