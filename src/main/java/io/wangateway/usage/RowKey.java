package io.wangateway.usage;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What tells a row of a report from all others, in the order in which rows come. Callers
 * hand it back to get the rows behind it, and treat it as opaque.
 *
 * @param bucket the number of the bucket, counted from 1
 * @param group the value of each dimension of the grouping, as SQL writes it
 */
record RowKey(int bucket, List<String> group) {

	private static final String SEPARATOR = ".";

	/**
	 * Read a key as callers hand it back.
	 * @param text what {@link #toString()} returned
	 * @param groupBy the grouping of the report
	 * @return the key, unless the text is none of such a report
	 */
	static Optional<RowKey> parse(String text, List<Dimension> groupBy) {
		String[] parts = text.split("\\.", -1);
		if (parts.length != groupBy.size() + 1 || !parts[0].matches("[0-9]{1,4}")) {
			return Optional.empty();
		}
		List<String> group = new ArrayList<>();
		for (Dimension dimension : groupBy) {
			Optional<String> value = decode(parts[group.size() + 1]).filter(dimension::isValue);
			if (value.isEmpty()) {
				return Optional.empty();
			}
			group.add(value.get());
		}
		return Optional.of(new RowKey(Integer.parseInt(parts[0]), group));
	}

	@Override
	public String toString() {
		return this.group.stream().map(RowKey::encode).collect(Collectors.joining("", String.valueOf(this.bucket), ""));
	}

	private static String encode(String text) {
		return SEPARATOR
				+ Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	private static Optional<String> decode(String text) {
		try {
			return Optional.of(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
		}
		catch (IllegalArgumentException _) {
			return Optional.empty();
		}
	}

}
