package io.wangateway.sandbox;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * An order to misbehave, as text: {@code name}, {@code name=value}, and behind either of
 * them {@code *3} for a mishap that befalls only the first three calls. The name is that
 * of a {@link Twist} or, behind the prefix of a {@link Route}, of a {@link Mishap}:
 * {@code lost-answer}, {@code 429*2}, {@code poll-503*3},
 * {@code fail=DataInspectionFailed}, {@code run=30}.
 * <p>
 * Directives stand in a prompt between {@code [[sim:} and {@code ]]}, any number of them,
 * and so reach the simulator through any client. A mishap of the creation then befalls
 * every submission of that very prompt, or the first ones that its count allows; the rest
 * belongs to the task. Those that are to befall a share of all calls are set in
 * {@link Behaviour#faults()}.
 *
 * @param name the name with its prefix
 * @param value what stands behind the equals sign
 * @param times how many calls it befalls; what befalls the life of a task has no count
 */
record Directive(String name, @Nullable String value, int times) {

	private static final Pattern TEXT = Pattern.compile("([a-z0-9-]+)(?:=([^*]*))?(?:\\*([1-9]\\d{0,5}))?");

	private static final int ALWAYS = Integer.MAX_VALUE;

	/**
	 * Read a directive.
	 * @param text the text, without brackets
	 * @return the directive
	 * @throws Refusal if there is no such directive
	 */
	static Directive parse(String text) {
		Matcher matcher = TEXT.matcher(text);
		if (!matcher.matches() || !isKnown(matcher.group(1))) {
			throw Refusal.invalidParameter("The simulator knows no directive '%s'".formatted(text));
		}
		int times = (matcher.group(3) != null) ? Integer.parseInt(matcher.group(3)) : ALWAYS;
		return new Directive(matcher.group(1), matcher.group(2), times);
	}

	private static boolean isKnown(String name) {
		return Arrays.stream(Twist.values()).anyMatch((twist) -> twist.label().equals(name))
				|| Arrays.stream(Mishap.values())
					.anyMatch((mishap) -> Arrays.stream(Route.values())
						.anyMatch((route) -> name.equals(route.prefix() + mishap.label())));
	}

	boolean isTwist() {
		return Arrays.stream(Twist.values()).anyMatch(this::is);
	}

	boolean is(Twist twist) {
		return this.name.equals(twist.label());
	}

	/**
	 * Return what goes wrong with calls of the given kind.
	 * @param route the kind of call
	 * @return the mishap, or null if the directive is about something else
	 */
	@Nullable Mishap mishap(Route route) {
		return Arrays.stream(Mishap.values())
			.filter((mishap) -> this.name.equals(route.prefix() + mishap.label()))
			.findFirst()
			.orElse(null);
	}

	boolean isLimited() {
		return this.times != ALWAYS;
	}

	String valueOr(String other) {
		return (this.value != null) ? this.value : other;
	}

	/** Return the value as a number, or the given one where there is none. */
	BigDecimal numberOr(long other) {
		try {
			return new BigDecimal(valueOr(Long.toString(other)));
		}
		catch (NumberFormatException ex) {
			throw Refusal
				.invalidParameter("The directive '%s' takes a number, not '%s'".formatted(this.name, this.value));
		}
	}

	/** Return the value as a number of seconds, or the given one where there is none. */
	Duration secondsOr(long other) {
		return Duration.ofMillis(numberOr(other).movePointRight(3).longValue());
	}

	@Override
	public String toString() {
		return this.name + ((this.value != null) ? "=" + this.value : "") + (isLimited() ? "*" + this.times : "");
	}

}
