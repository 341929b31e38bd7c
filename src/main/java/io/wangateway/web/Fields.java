package io.wangateway.web;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a body, each read as what it must be, all wrong ones told at once. What
 * is absent keeps its present value, which makes the same reading serve creation and
 * change. First read every field, then {@link #check()}, and only then use what was read.
 */
public final class Fields {

	private static final int MAX_LABELS = 16;

	private static final int MAX_LABEL_LENGTH = 256;

	private static final Pattern LABEL_NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

	private final ObjectNode body;

	private final Set<String> known = new LinkedHashSet<>();

	/** A set, because a field may be read twice. */
	private final Set<Violation> violations = new LinkedHashSet<>();

	/**
	 * Begin to read a body.
	 * @param body as {@link StrictJson} gives it
	 */
	public Fields(ObjectNode body) {
		this.body = body;
	}

	/**
	 * Refuse the body if anything in it was wrong, or was never asked for.
	 * @throws ApiException with every violation
	 */
	public void check() {
		for (String name : this.body.propertyNames()) {
			if (!this.known.contains(name)) {
				this.violations.add(Nearest.refuse(name, name, this.known));
			}
		}
		if (!this.violations.isEmpty()) {
			throw ApiException.of(List.copyOf(this.violations));
		}
	}

	/**
	 * Refuse a body that leaves a field out. One that is {@code null} is there.
	 * @param name the field
	 */
	public void require(String name) {
		if (!this.body.has(name)) {
			missing(name, name);
		}
	}

	/**
	 * Read a line of text that can't be cleared.
	 * @param name the field
	 * @param present what an absent field means, {@code null} to require the field
	 * @param maxLength the most code points
	 * @return the text, without blanks around it
	 */
	public String text(String name, @Nullable String present, int maxLength) {
		String text = optionalText(name, present, maxLength);
		return (text != null) ? text : missing(name, "");
	}

	/**
	 * Read a line of text that {@code null} clears.
	 * @param name the field
	 * @param present what an absent field means
	 * @param maxLength the most code points
	 * @return the text, without blanks around it, or {@code null}
	 */
	public @Nullable String optionalText(String name, @Nullable String present, int maxLength) {
		return read(name, present, "a line of 1 to %d characters".formatted(maxLength),
				(node) -> node.isString() && isLine(node.stringValue().strip(), maxLength),
				(node) -> node.stringValue().strip());
	}

	/**
	 * Read a whole number that can't be cleared.
	 * @param name the field
	 * @param present what an absent field means
	 * @param min the least
	 * @param max the most
	 * @return the number
	 */
	public long whole(String name, long present, long min, long max) {
		Long number = optionalWhole(name, present, min, max);
		return (number != null) ? number : missing(name, present);
	}

	/**
	 * Read a whole number that {@code null} clears.
	 * @param name the field
	 * @param present what an absent field means
	 * @param min the least
	 * @param max the most
	 * @return the number, or {@code null}
	 */
	public @Nullable Long optionalWhole(String name, @Nullable Long present, long min, long max) {
		return read(
				name, present, "a whole number from %d to %d".formatted(min, max), (node) -> node.isIntegralNumber()
						&& node.canConvertToLong() && node.longValue() >= min && node.longValue() <= max,
				JsonNode::longValue);
	}

	/**
	 * Read a list of whole numbers.
	 * @param name the field
	 * @param present what an absent field means
	 * @param maxCount how many at most
	 * @param min the least that each may be
	 * @param max the most that each may be
	 * @return the numbers, each once, in ascending order
	 */
	public List<Integer> wholes(String name, List<Integer> present, int maxCount, int min, int max) {
		List<Integer> numbers = read(name, present,
				"a list of at most %d whole numbers from %d to %d".formatted(maxCount, min, max),
				(node) -> node.isArray() && node.size() <= maxCount && node.valueStream()
					.allMatch((number) -> number.isInt() && number.intValue() >= min && number.intValue() <= max),
				(node) -> node.valueStream().map(JsonNode::intValue).distinct().sorted().toList());
		return (numbers != null) ? numbers : missing(name, present);
	}

	/**
	 * Read an amount, which is a decimal number in a string, so that no JSON library on
	 * its way can round it.
	 * @param name the field, always required
	 * @param min the least
	 * @param max the most
	 * @param scale the most decimal places
	 * @return the amount, exactly as it was sent
	 */
	public BigDecimal decimal(String name, BigDecimal min, BigDecimal max, int scale) {
		BigDecimal number = optionalDecimal(name, min, max, scale);
		return (number != null) ? number : missing(name, min);
	}

	/**
	 * Read an amount as {@link #decimal} does, but one that {@code null} clears. What is
	 * absent counts as {@code null}.
	 * @param name the field
	 * @param min the least
	 * @param max the most
	 * @param scale the most decimal places
	 * @return the amount, or {@code null}
	 */
	public @Nullable BigDecimal optionalDecimal(String name, BigDecimal min, BigDecimal max, int scale) {
		Pattern form = Pattern.compile("-?[0-9]{1,16}(\\.[0-9]{1,%d})?".formatted(scale));
		return read(name, null,
				"a decimal number in quotes, from %s to %s, with at most %d decimal places"
					.formatted(min.toPlainString(), max.toPlainString(), scale),
				(node) -> node.isString() && matches(form, node.stringValue())
						&& new BigDecimal(node.stringValue()).compareTo(min) >= 0
						&& new BigDecimal(node.stringValue()).compareTo(max) <= 0,
				(node) -> new BigDecimal(node.stringValue()));
	}

	/**
	 * Read a time in Unix seconds that {@code null} clears.
	 * @param name the field
	 * @param present what an absent field means
	 * @param min the earliest that may be sent
	 * @param max the latest that may be sent
	 * @return the time, or {@code null}
	 */
	public @Nullable Instant optionalTime(String name, @Nullable Instant present, Instant min, Instant max) {
		Long seconds = optionalWhole(name, (present != null) ? present.getEpochSecond() : null, min.getEpochSecond(),
				max.getEpochSecond());
		return (seconds != null) ? Instant.ofEpochSecond(seconds) : null;
	}

	/**
	 * Read {@code true} or {@code false}.
	 * @param name the field
	 * @param present what an absent field means, {@code null} to require the field
	 * @return the value
	 */
	public boolean flag(String name, @Nullable Boolean present) {
		Boolean flag = read(name, present, "true or false", JsonNode::isBoolean, JsonNode::booleanValue);
		return (flag != null) ? flag : missing(name, false);
	}

	/**
	 * Read one of a few words.
	 * @param <E> what the words stand for
	 * @param name the field
	 * @param type the constants, each known by its word in JSON
	 * @param present what an absent field means, {@code null} to require the field
	 * @return the constant
	 */
	public <E extends Enum<E>> E word(String name, Class<E> type, @Nullable E present) {
		Map<String, E> words = EnumWords.of(type);
		E constant = read(name, present, "one of " + String.join(", ", words.keySet()),
				(node) -> node.isString() && words.containsKey(node.stringValue()),
				(node) -> Objects.requireNonNull(words.get(node.stringValue())));
		return (constant != null) ? constant : missing(name, type.getEnumConstants()[0]);
	}

	/**
	 * Read a string that stands for something, such as an id.
	 * @param <T> what it stands for
	 * @param name the field
	 * @param expected what it must be, as the end of a sentence
	 * @param parser how to read it, which throws an {@link IllegalArgumentException} or a
	 * {@link DateTimeException} if it is something else
	 * @return what it stands for, or {@code null} if the field is absent or null
	 */
	public <T> @Nullable T optionalParsed(String name, String expected, Function<String, T> parser) {
		return read(name, null, expected, (node) -> node.isString() && parse(node.stringValue(), parser).isPresent(),
				(node) -> parser.apply(node.stringValue()));
	}

	/**
	 * Read a string that stands for something, such as an id, and can't be left out.
	 * @param <T> what it stands for
	 * @param name the field
	 * @param expected what it must be, as the end of a sentence
	 * @param parser how to read it, as for {@link #optionalParsed}
	 * @param standIn what is returned where the field is wrong, so that reading goes on
	 * @return what it stands for
	 */
	public <T> T parsed(String name, String expected, Function<String, T> parser, T standIn) {
		T value = optionalParsed(name, expected, parser);
		return (value != null) ? value : missing(name, standIn);
	}

	private static <T> Optional<T> parse(String text, Function<String, T> parser) {
		try {
			return Optional.of(parser.apply(text));
		}
		catch (IllegalArgumentException | DateTimeException _) {
			return Optional.empty();
		}
	}

	/**
	 * Read a list of words of a form.
	 * @param name the field
	 * @param present what an absent field means
	 * @param maxCount how many at most
	 * @param form what each must look like
	 * @return the words, each once
	 */
	public List<String> words(String name, List<String> present, int maxCount, Pattern form) {
		List<String> words = read(name, present,
				"a list of at most %d strings of the form %s".formatted(maxCount, form),
				(node) -> node.isArray() && node.size() <= maxCount
						&& node.valueStream().allMatch((word) -> word.isString() && matches(form, word.stringValue())),
				(node) -> node.valueStream().map(JsonNode::stringValue).distinct().toList());
		return (words != null) ? words : missing(name, present);
	}

	/**
	 * Read labels: at most 16 pairs of strings.
	 * @param name the field
	 * @param present what an absent field means
	 * @return the labels, in the order sent
	 */
	public Map<String, String> labels(String name, Map<String, String> present) {
		Map<String, String> labels = read(name, present, "an object of at most %d strings".formatted(MAX_LABELS),
				(node) -> node.isObject() && node.size() <= MAX_LABELS, (node) -> labels(name, node));
		return (labels != null) ? labels : missing(name, present);
	}

	private Map<String, String> labels(String name, JsonNode node) {
		Map<String, String> labels = new LinkedHashMap<>();
		node.forEachEntry((key, value) -> {
			String path = name + "." + Refusals.shown(key);
			if (!matches(LABEL_NAME, key)) {
				this.violations.add(Violation.invalid(path, "The name of a label must be of the form " + LABEL_NAME));
			}
			else if (!value.isString() || length(value.stringValue()) > MAX_LABEL_LENGTH) {
				wrong(path, "a string of at most %d characters".formatted(MAX_LABEL_LENGTH), value);
			}
			else {
				labels.put(key, value.stringValue());
			}
		});
		return labels;
	}

	/**
	 * Return a field's value: present where it is absent, none where it is null or wrong.
	 */
	private <T> @Nullable T read(String name, @Nullable T present, String expected, Predicate<JsonNode> right,
			Function<JsonNode, T> value) {
		this.known.add(name);
		JsonNode node = this.body.get(name);
		if (node == null) {
			return present;
		}
		if (node.isNull()) {
			return null;
		}
		if (!right.test(node)) {
			wrong(name, expected, node);
			return null;
		}
		return value.apply(node);
	}

	/** Note that a field has no value, unless it is known that it has a wrong one. */
	private <T> T missing(String name, T standIn) {
		JsonNode node = this.body.get(name);
		if (node == null) {
			this.violations.add(Violation.invalid(name, name + " is required"));
		}
		else if (node.isNull()) {
			this.violations.add(Violation.invalid(name, name + " can't be null"));
		}
		return standIn;
	}

	private void wrong(String name, String expected, JsonNode sent) {
		String was = sent.isContainer() ? (sent.isArray() ? "a list" : "an object") : sent.toString();
		this.violations
			.add(Violation.invalid(name, "%s must be %s (was %s)".formatted(name, expected, Refusals.shown(was))));
	}

	private static boolean isLine(String text, int maxLength) {
		return !text.isEmpty() && length(text) <= maxLength && text.chars().noneMatch(Character::isISOControl);
	}

	private static boolean matches(Pattern form, String text) {
		return form.matcher(text).matches();
	}

	private static int length(String text) {
		return text.codePointCount(0, text.length());
	}

}
