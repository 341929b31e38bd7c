package io.wangateway.dashscope;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.StringNode;

/**
 * The fields of an object that DashScope sent. Reading is forgiving: what is missing,
 * null, blank or of another type is absent, and what nobody asks for is ignored.
 *
 * @param node the object, or anything else for one without fields
 */
record Fields(JsonNode node) {

	/** Not a field in it. */
	static final Fields NONE = new Fields(MissingNode.getInstance());

	/**
	 * Python's {@code NaN}, which is not JSON, must not make a whole answer unreadable.
	 */
	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
		.build();

	/** DashScope's times carry no zone; signed links show that they are Beijing's. */
	static final ZoneOffset ZONE = ZoneOffset.ofHours(8);

	/** Without exponents, with which a short string can name a number of any length. */
	private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,9}(\\.\\d{1,20})?");

	/** The year 10000, beyond which a time is a mistake and no database takes it. */
	private static final long LATEST_MILLIS = 253_402_300_800_000L;

	private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd HH:mm:ss")
		.appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
		.toFormatter();

	/**
	 * Read a body.
	 * @param body what was sent
	 * @return the fields of the object in it, {@link #NONE} if it is no JSON object
	 */
	static Fields parse(byte[] body) {
		try {
			JsonNode node = JSON.readTree(body);
			return node.isObject() ? new Fields(node) : NONE;
		}
		catch (JacksonException ex) {
			return NONE;
		}
	}

	/** Whether there is an object at all. */
	boolean isPresent() {
		return this.node.isObject();
	}

	Fields object(String name) {
		return new Fields(this.node.path(name));
	}

	/** Return the entries of an array, none if it is no array. */
	List<Fields> objects(String name) {
		JsonNode array = this.node.path(name);
		return array.isArray() ? array.valueStream().map(Fields::new).toList() : List.of();
	}

	@Nullable String text(String name) {
		JsonNode value = this.node.path(name);
		return (value.isString() && !value.stringValue().isBlank()) ? value.stringValue() : null;
	}

	/** Whether there is a value, readable or not. */
	boolean has(String name) {
		return this.node.hasNonNull(name);
	}

	/**
	 * Return a number, which some models of the family send as a string.
	 * @param name the field
	 * @return the number, or {@code null} if there is none, or an infinite one
	 */
	@Nullable BigDecimal number(String name) {
		return switch (this.node.path(name)) {
			case NumericNode number when !number.isNaN() -> number.decimalValue();
			case StringNode text when DECIMAL.matcher(text.stringValue()).matches() ->
				new BigDecimal(text.stringValue());
			default -> null;
		};
	}

	@Nullable Boolean flag(String name) {
		JsonNode value = this.node.path(name);
		return value.isBoolean() ? (Boolean) value.booleanValue() : null;
	}

	/** Return a time of the form {@code yyyy-MM-dd HH:mm:ss.SSS}. */
	@Nullable Instant time(String name) {
		String text = text(name);
		try {
			return (text != null) ? LocalDateTime.parse(text.strip(), TIME).toInstant(ZONE) : null;
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	/** Return a time in milliseconds since 1970. */
	@Nullable Instant epochMillis(String name) {
		JsonNode value = this.node.path(name);
		boolean sensible = value.isIntegralNumber() && value.canConvertToLong() && value.longValue() > 0
				&& value.longValue() < LATEST_MILLIS;
		return sensible ? Instant.ofEpochMilli(value.longValue()) : null;
	}

	/** Return a whole http or https address. */
	@Nullable URI link(String name) {
		String text = text(name);
		try {
			URI uri = (text != null) ? new URI(text.strip()) : null;
			boolean http = uri != null && uri.getHost() != null && uri.getScheme().matches("(?i)https?");
			return http ? uri : null;
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

}
