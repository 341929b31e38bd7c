package io.wangateway.web;

import java.time.Instant;
import java.util.Collection;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;

/**
 * A query parameter that a route takes. Spring's own conversion forgives too much to be
 * the judge of its values: it takes {@code yes} for a boolean and any enum constant by
 * its Java name.
 *
 * @param name its name, or {@code prefix*} for all that begin so
 * @param type what each value is read as
 * @param repeatable whether it may be given several times
 */
record QueryParameter(String name, Class<?> type, boolean repeatable) {

	/** The last second of the year 9999. */
	private static final Pattern UNIX_SECONDS = Pattern.compile("[0-9]{1,11}|[01][0-9]{11}");

	private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,9}");

	static QueryParameter of(String name, MethodParameter parameter) {
		ResolvableType type = ResolvableType.forMethodParameter(parameter);
		boolean several = type.isArray() || Collection.class.isAssignableFrom(type.toClass());
		ResolvableType each = type.isArray() ? type.getComponentType() : several ? type.getGeneric() : type;
		return new QueryParameter(name, each.toClass(), several);
	}

	boolean isNamed(String sent) {
		return this.name.endsWith("*") ? sent.startsWith(prefix()) && !sent.equals(prefix()) : sent.equals(this.name);
	}

	/** The name, or what all its names begin with. */
	String prefix() {
		return this.name.replace("*", "");
	}

	/** Return what is wrong with the values sent, {@code null} for nothing. */
	@Nullable Violation check(String sent, String[] values) {
		if (values.length > 1 && !this.repeatable) {
			return Violation.invalid(sent, "%s was given %d times".formatted(sent, values.length));
		}
		for (String value : values) {
			if (value.isEmpty()) {
				return Violation.invalid(sent, sent + " has no value");
			}
			// The database has no such character.
			if (value.indexOf('\0') >= 0) {
				return Violation.invalid(sent, sent + " must not have the character NUL");
			}
			if (!accepts(value)) {
				return Violation.invalid(sent,
						"%s must be %s (was %s)".formatted(sent, expected(), Refusals.shown(value)));
			}
		}
		return null;
	}

	private boolean accepts(String value) {
		if (this.type.isEnum()) {
			return EnumWords.of(this.type).containsKey(value);
		}
		if (this.type == Instant.class) {
			return UNIX_SECONDS.matcher(value).matches();
		}
		if (isBoolean()) {
			return value.equals("true") || value.equals("false");
		}
		return !isInteger() || INTEGER.matcher(value).matches();
	}

	private String expected() {
		if (this.type.isEnum()) {
			return "one of " + String.join(", ", EnumWords.of(this.type).keySet());
		}
		if (this.type == Instant.class) {
			return "a time in whole Unix seconds";
		}
		return isBoolean() ? "true or false" : "a whole number";
	}

	private boolean isBoolean() {
		return this.type == boolean.class || this.type == Boolean.class;
	}

	private boolean isInteger() {
		return this.type == int.class || this.type == Integer.class;
	}

}
