package io.wangateway.usage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.wangateway.web.ApiException;
import io.wangateway.web.Violation;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query, and what was found wrong with them. Whoever reads one says
 * what is wrong here and goes on with any value, and all is told at once by
 * {@link #check()}.
 */
class Parameters {

	private static final int SHOWN = 100;

	private final Map<String, String> sent;

	private final List<Violation> violations = new ArrayList<>();

	Parameters(Map<String, String> sent) {
		this.sent = sent;
	}

	@Nullable String get(String name) {
		return this.sent.get(name);
	}

	Set<String> names() {
		return this.sent.keySet();
	}

	/**
	 * Refuse a value.
	 * @param name the parameter that has it
	 * @param allowed what is allowed, as the rest of a sentence such as
	 * {@code one of 1h, 1d}
	 */
	void refuse(String name, String allowed) {
		String value = String.valueOf(this.sent.get(name));
		String shown = (value.length() > SHOWN) ? value.substring(0, SHOWN) + "…" : value;
		complain(name, "%s must be %s (was %s)".formatted(name, allowed, shown));
	}

	/**
	 * Refuse the query for something else.
	 * @param name the parameter that is to blame
	 * @param message a sentence for the caller
	 */
	void complain(String name, String message) {
		this.violations.add(Violation.invalid(name, message));
	}

	/**
	 * Refuse the query if anything was wrong with it.
	 * @throws ApiException with every violation
	 */
	void check() {
		if (!this.violations.isEmpty()) {
			throw ApiException.of(this.violations);
		}
	}

}
