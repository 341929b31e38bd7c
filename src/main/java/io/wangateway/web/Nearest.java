package io.wangateway.web;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/**
 * Guesses what was meant by a misspelt name.
 */
public final class Nearest {

	/** Below this likeness a guess would puzzle more than help. */
	private static final double LEAST_LIKENESS = 0.75;

	private static final int LONGEST_NAME = 64;

	private static final JaroWinklerSimilarity likeness = new JaroWinklerSimilarity();

	private Nearest() {
	}

	/**
	 * Return the known name that is most like a word.
	 * @param word what was sent, in any case
	 * @param known the names that would have been right
	 * @return the nearest, empty where none is near
	 */
	public static Optional<String> to(String word, Collection<String> known) {
		if (word.length() > LONGEST_NAME) {
			return Optional.empty();
		}
		String lower = word.toLowerCase(Locale.ROOT);
		return known.stream()
			.filter((name) -> likeness.apply(lower, name) >= LEAST_LIKENESS)
			.max(Comparator.comparingDouble((name) -> likeness.apply(lower, name)));
	}

	/**
	 * Refuse a name that is not known.
	 * @param name what was sent
	 * @param shown the name with the way to it, such as {@code metadata.autio}
	 * @param known the names that would have been right
	 * @return the violation, which names the nearest known one
	 */
	public static Violation refuse(String name, String shown, Collection<String> known) {
		String hint = to(name, known).map("; did you mean %s?"::formatted).orElse("");
		String param = Refusals.shown(shown);
		return new Violation(param, ErrorCode.UNKNOWN_PARAMETER, param + " is not known here" + hint);
	}

}
