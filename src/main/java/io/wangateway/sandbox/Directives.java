package io.wangateway.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The directives that apply to a task or a call.
 *
 * @param all the directives; an earlier one wins over a later one
 */
record Directives(List<Directive> all) {

	static final Directives NONE = new Directives(List.of());

	private static final Pattern MARKER = Pattern.compile("\\[\\[sim:([^\\]]*)]]");

	/** Return those that stand in a prompt. */
	static Directives inPrompt(@Nullable String prompt) {
		if (prompt == null) {
			return NONE;
		}
		return new Directives(
				MARKER.matcher(prompt).results().map((marker) -> Directive.parse(marker.group(1))).toList());
	}

	/** Return those that befall a call by chance. */
	static Directives drawn(Map<String, Double> shares) {
		return new Directives(shares.entrySet()
			.stream()
			.filter((share) -> ThreadLocalRandom.current().nextDouble() < share.getValue())
			.map((share) -> Directive.parse(share.getKey()))
			.toList());
	}

	/** Read what {@link #toString} wrote. */
	static Directives of(String lines) {
		return new Directives(lines.lines().map(Directive::parse).toList());
	}

	Directives and(Directives others) {
		return new Directives(Stream.concat(this.all.stream(), others.all.stream()).toList());
	}

	Optional<Directive> find(Twist twist) {
		return this.all.stream().filter((directive) -> directive.is(twist)).findFirst();
	}

	/** Return those that are about a task as a whole. */
	Directives twists() {
		return new Directives(this.all.stream().filter(Directive::isTwist).toList());
	}

	boolean has(Twist twist) {
		return find(twist).isPresent();
	}

	/** Return a line for each. */
	@Override
	public String toString() {
		return this.all.stream().map(Directive::toString).collect(Collectors.joining("\n"));
	}

}
