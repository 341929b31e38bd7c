package io.wangateway.generation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import io.wangateway.web.Nearest;
import io.wangateway.web.Violation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the fields of a JSON object one by one, converting nothing, and collects all that
 * is wrong on the way. A field that nobody asked for is unknown; a field that is
 * {@code null} is wrong. The methods return {@code null} (or nothing) for a field that is
 * absent or wrong; {@link #end()} tells the two apart.
 */
final class FieldReader {

	private static final int SHOWN = 60;

	private static final int MAX_VIOLATIONS = 50;

	private static final BigDecimal INTEGERS = BigDecimal.valueOf(Integer.MAX_VALUE);

	private final ObjectNode object;

	private final String path;

	private final Set<String> known = new LinkedHashSet<>();

	private final Set<String> misplaced = new LinkedHashSet<>();

	private final List<FieldReader> nested = new ArrayList<>();

	private final List<Violation> violations;

	/**
	 * Read an object.
	 * @param object the object
	 */
	FieldReader(ObjectNode object) {
		this(object, "", new ArrayList<>());
	}

	private FieldReader(ObjectNode object, String path, List<Violation> violations) {
		this.object = object;
		this.path = path;
		this.violations = violations;
	}

	/**
	 * Return whether a field is there, right or wrong.
	 * @param name the field
	 * @return whether it is there
	 */
	boolean has(String name) {
		return this.object.has(name);
	}

	/**
	 * Return whether a field says anything, right or wrong; an empty array and a string
	 * of blanks don't.
	 * @param name the field
	 * @return whether it says anything
	 */
	boolean isFilled(String name) {
		JsonNode node = this.object.get(name);
		return node != null && !(node.isArray() && node.isEmpty())
				&& !(node.isString() && node.stringValue().isBlank());
	}

	/**
	 * Return how many items an array has.
	 * @param name the field
	 * @return their number, 0 if there is no array
	 */
	int count(String name) {
		JsonNode node = this.object.get(name);
		return (node != null && node.isArray()) ? node.size() : 0;
	}

	/**
	 * Return a field as it is.
	 * @param name the field
	 * @return its value, or {@code null} if it is absent
	 */
	@Nullable JsonNode node(String name) {
		this.known.add(name);
		return this.object.get(name);
	}

	/**
	 * Return a string.
	 * @param name the field
	 * @return its value
	 */
	@Nullable String string(String name) {
		JsonNode node = node(name);
		if (node == null) {
			return null;
		}
		if (!node.isString()) {
			refuse(name, "a string");
			return null;
		}
		return node.stringValue();
	}

	/**
	 * Return a text that says something. One without a visible character counts as
	 * absent.
	 * @param name the field
	 * @param maxLength how many code points it may have, which is how Alibaba counts
	 * @return its value
	 */
	@Nullable String prose(String name, int maxLength) {
		String text = string(name);
		if (text == null || text.isBlank()) {
			return null;
		}
		int length = text.codePointCount(0, text.length());
		if (length > maxLength) {
			add(Violation.invalid(path(name),
					"%s must have at most %d characters (has %d)".formatted(path(name), maxLength, length)));
			return null;
		}
		return text;
	}

	/**
	 * Return a string of a form.
	 * @param name the field
	 * @param form what it must look like
	 * @param expected the same as the rest of a sentence
	 * @return its value
	 */
	@Nullable String string(String name, Pattern form, String expected) {
		String text = string(name);
		if (text != null && !form.matcher(text).matches()) {
			refuse(name, expected);
			return null;
		}
		return text;
	}

	/**
	 * Return a boolean.
	 * @param name the field
	 * @return its value
	 */
	@Nullable Boolean bool(String name) {
		JsonNode node = node(name);
		if (node == null) {
			return null;
		}
		if (!node.isBoolean()) {
			refuse(name, "true or false");
			return null;
		}
		return node.booleanValue();
	}

	/**
	 * Return a whole number. As in JSON Schema, {@code 5.0} is one.
	 * @param name the field
	 * @param allowed which numbers are allowed
	 * @param expected the same as the rest of a sentence
	 * @return its value
	 */
	@Nullable Integer integer(String name, IntPredicate allowed, String expected) {
		JsonNode node = node(name);
		if (node == null) {
			return null;
		}
		Integer number = node.isNumber() ? whole(node.decimalValue()) : null;
		if (number == null || !allowed.test(number)) {
			refuse(name, expected);
			return null;
		}
		return number;
	}

	private static @Nullable Integer whole(BigDecimal number) {
		boolean fits = number.stripTrailingZeros().scale() <= 0 && number.abs().compareTo(INTEGERS) <= 0;
		return fits ? number.intValueExact() : null;
	}

	/**
	 * Return an array of strings.
	 * @param name the field
	 * @return its items, none if the field is absent or anything in it is wrong
	 */
	List<String> strings(String name) {
		JsonNode node = node(name);
		if (node == null) {
			return List.of();
		}
		if (!node.isArray()) {
			refuse(name, "an array of strings");
			return List.of();
		}
		for (int i = 0; i < node.size(); i++) {
			if (!node.get(i).isString()) {
				add(Violation.invalid(path(name),
						"%s[%d] must be a string (was %s)".formatted(path(name), i, shown(node.get(i).toString()))));
				return List.of();
			}
		}
		return node.valueStream().map(JsonNode::stringValue).toList();
	}

	/**
	 * Return the fields of an object inside this one. What is wrong there is collected
	 * here, under the longer name.
	 * @param name the field
	 * @return its fields, none if it is absent or no object
	 */
	FieldReader object(String name) {
		JsonNode node = node(name);
		if (node != null && !node.isObject()) {
			refuse(name, "an object");
		}
		ObjectNode child = (node instanceof ObjectNode sent) ? sent : this.object.objectNode();
		FieldReader fields = new FieldReader(child, path(name) + ".", this.violations);
		this.nested.add(fields);
		return fields;
	}

	/** Return the names of all fields that are there. */
	List<String> names() {
		return List.copyOf(this.object.propertyNames());
	}

	/**
	 * Refuse a field that belongs somewhere else, if it is here.
	 * @param name the field
	 * @param place where it belongs
	 */
	void misplaced(String name, String place) {
		if (has(name) && this.misplaced.add(name)) {
			add(new Violation(path(name), ErrorCode.UNKNOWN_PARAMETER,
					"%s is not known here; send it as %s".formatted(path(name), place)));
		}
	}

	/**
	 * Refuse the value of a field.
	 * @param name the field
	 * @param expected what it must be, as the rest of a sentence
	 */
	void refuse(String name, String expected) {
		JsonNode node = this.object.get(name);
		String was = (node != null) ? "was " + shown(node.toString()) : "was not sent";
		add(Violation.invalid(path(name), "%s must be %s (%s)".formatted(path(name), expected, was)));
	}

	/**
	 * Refuse the name of a field.
	 * @param name the field
	 * @param expected what names must be, as the rest of a sentence
	 */
	void refuseName(String name, String expected) {
		add(Violation.invalid(path(name), "The name of %s must be %s".formatted(path(name), expected)));
	}

	/**
	 * Add something that is wrong.
	 * @param violation what
	 */
	void add(Violation violation) {
		this.violations.add(violation);
	}

	/**
	 * Return the full name of a field, such as {@code metadata.seed}.
	 * @param name the field
	 * @return its name as callers know it
	 */
	String path(String name) {
		return this.path + name;
	}

	/**
	 * End the reading, once every field that may be sent has been asked for.
	 * @throws ApiException if anything was wrong or unknown
	 */
	void end() {
		List<Violation> all = all();
		if (!all.isEmpty()) {
			throw ApiException.of(all);
		}
	}

	/**
	 * Return the refusal for something that is wrong with the body as a whole, and for
	 * all that was wrong or unknown besides.
	 * @param first what speaks for all
	 * @return the refusal
	 */
	ApiException refusal(Violation first) {
		this.violations.addFirst(first);
		return ApiException.of(all());
	}

	private List<Violation> all() {
		return Stream.concat(unknown().stream(), this.violations.stream()).limit(MAX_VIOLATIONS).toList();
	}

	private List<Violation> unknown() {
		List<Violation> unknown = new ArrayList<>();
		for (String name : this.object.propertyNames()) {
			if (!this.known.contains(name) && !this.misplaced.contains(name)) {
				unknown.add(Nearest.refuse(name, path(name), this.known));
			}
		}
		this.nested.forEach((fields) -> unknown.addAll(fields.unknown()));
		return unknown;
	}

	/** Shorten what a caller sent, before it is repeated to them. */
	static String shown(String sent) {
		return (sent.length() <= SHOWN) ? sent : sent.substring(0, SHOWN) + "…";
	}

}
