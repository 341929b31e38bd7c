package io.wangateway.generation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
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
 * {@code null} is wrong. Readers return {@code null} (or nothing) for a field that is
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

	FieldReader(ObjectNode object) {
		this(object, "", new ArrayList<>());
	}

	private FieldReader(ObjectNode object, String path, List<Violation> violations) {
		this.object = object;
		this.path = path;
		this.violations = violations;
	}

	/** Whether a field is there, right or wrong. */
	boolean has(String name) {
		return this.object.has(name);
	}

	/**
	 * Whether a field says anything, right or wrong; an empty array and a string of
	 * blanks don't.
	 */
	boolean isFilled(String name) {
		JsonNode node = this.object.path(name);
		return has(name) && !(node.isArray() && node.isEmpty()) && !(node.isString() && node.stringValue().isBlank());
	}

	/** Return how many items an array has, 0 if there is no array. */
	int count(String name) {
		JsonNode node = this.object.path(name);
		return node.isArray() ? node.size() : 0;
	}

	/** Return the names of all fields that are there. */
	List<String> names() {
		return List.copyOf(this.object.propertyNames());
	}

	/** Return a field as it is, or {@code null} if it is absent. */
	@Nullable JsonNode node(String name) {
		this.known.add(name);
		return this.object.get(name);
	}

	/**
	 * Return what a field says.
	 * @param name the field
	 * @param right whether the field may be so
	 * @param expected what it must be, as the rest of a sentence
	 * @param value how to take it
	 * @return its value
	 */
	<T> @Nullable T read(String name, Predicate<JsonNode> right, String expected, Function<JsonNode, T> value) {
		JsonNode node = node(name);
		if (node == null) {
			return null;
		}
		if (!right.test(node)) {
			refuse(name, expected);
			return null;
		}
		return value.apply(node);
	}

	@Nullable String string(String name) {
		return read(name, JsonNode::isString, "a string", JsonNode::stringValue);
	}

	/**
	 * Return a string that matches a form, which is described as the rest of a sentence.
	 */
	@Nullable String string(String name, Pattern form, String expected) {
		return read(name, (node) -> node.isString() && form.matcher(node.stringValue()).matches(), expected,
				JsonNode::stringValue);
	}

	@Nullable String oneOf(String name, List<String> choices) {
		return read(name, (node) -> node.isString() && choices.contains(node.stringValue()),
				"one of " + String.join(", ", choices), JsonNode::stringValue);
	}

	@Nullable Boolean bool(String name) {
		return read(name, JsonNode::isBoolean, "true or false", JsonNode::booleanValue);
	}

	/**
	 * Return a whole number. As in JSON Schema, {@code 5.0} is one.
	 * @param name the field
	 * @param allowed which numbers are allowed
	 * @param expected the same as the rest of a sentence
	 * @return its value
	 */
	@Nullable Integer integer(String name, IntPredicate allowed, String expected) {
		return read(name, (node) -> isInteger(node) && allowed.test(node.decimalValue().intValueExact()), expected,
				(node) -> node.decimalValue().intValueExact());
	}

	private static boolean isInteger(JsonNode node) {
		return node.isNumber() && node.decimalValue().abs().compareTo(INTEGERS) <= 0
				&& node.decimalValue().stripTrailingZeros().scale() <= 0;
	}

	/**
	 * Return a text of a limited number of code points, which is how Alibaba counts. One
	 * without a visible character counts as absent.
	 */
	@Nullable String prose(String name, int maxLength) {
		String text = string(name);
		if (text == null || text.isBlank()) {
			return null;
		}
		int length = text.codePointCount(0, text.length());
		if (length > maxLength) {
			objectTo(name, "must have at most %d characters (has %d)".formatted(maxLength, length));
			return null;
		}
		return text;
	}

	/**
	 * Return an array of strings.
	 * @param name the field
	 * @return its items, none if the field is absent or anything in it is wrong
	 */
	List<String> strings(String name) {
		List<String> strings = new ArrayList<>();
		JsonNode array = read(name, JsonNode::isArray, "an array of strings", Function.identity());
		for (JsonNode item : (array != null) ? array : this.object.arrayNode()) {
			if (!item.isString()) {
				add(Violation.invalid(path(name), "%s[%d] must be a string (was %s)".formatted(path(name),
						strings.size(), shown(item.toString()))));
				return List.of();
			}
			strings.add(item.stringValue());
		}
		return strings;
	}

	/**
	 * Return the fields of an object inside this one. What is wrong there is collected
	 * here, under the longer name.
	 * @param name the field
	 * @return its fields, none if it is absent or no object
	 */
	FieldReader object(String name) {
		JsonNode object = read(name, JsonNode::isObject, "an object", Function.identity());
		FieldReader fields = new FieldReader((object instanceof ObjectNode sent) ? sent : this.object.objectNode(),
				path(name) + ".", this.violations);
		this.nested.add(fields);
		return fields;
	}

	/** Refuse a field that belongs somewhere else, if it is here. */
	void misplaced(String name, String place) {
		if (has(name) && this.misplaced.add(name)) {
			add(new Violation(path(name), ErrorCode.UNKNOWN_PARAMETER,
					"%s is not known here; send it as %s".formatted(path(name), place)));
		}
	}

	/** Refuse the value of a field, which must be what the rest of the sentence says. */
	void refuse(String name, String expected) {
		objectTo(name, "must be %s (was %s)".formatted(expected, shown(this.object.path(name).toString())));
	}

	/** Refuse a field with a sentence that begins with its name. */
	void objectTo(String name, String objection) {
		add(Violation.invalid(path(name), "%s %s".formatted(path(name), objection)));
	}

	void add(Violation violation) {
		this.violations.add(violation);
	}

	/** Return the full name of a field, such as {@code metadata.seed}. */
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
	 * @param first what is wrong with the body as a whole
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
