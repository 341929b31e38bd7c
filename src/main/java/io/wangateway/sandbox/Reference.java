package io.wangateway.sandbox;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that a video refers to. Nothing is ever fetched, so what it is follows from its
 * URL alone: an image if the query says {@code kind=image} or the path ends like one,
 * else a video. A video's length in seconds is what the query parameter {@code seconds}
 * says, else what the file name ends in ({@code ref-12s.mp4}, {@code ref-2.5s.mov}), else
 * 10.
 *
 * @param url http, https or oss
 */
record Reference(String url) {

	private static final Pattern IMAGE = Pattern
		.compile("^[^?#]*\\.(jpe?g|png|bmp|webp)(?:[?#]|$)|[?&]kind=image(?:&|$)", Pattern.CASE_INSENSITIVE);

	private static final Pattern LENGTH = Pattern
		.compile("[?&]seconds=(\\d+(?:\\.\\d+)?)(?:&|$)|[-_](\\d+(?:\\.\\d+)?)s\\.\\w+(?:\\?|$)");

	private static final BigDecimal UNKNOWN_LENGTH = BigDecimal.TEN;

	/** What each video counts at most, by the number of all references. */
	private static final List<BigDecimal> CAPS = List.of(new BigDecimal("5"), new BigDecimal("2.5"),
			new BigDecimal("1.65"), new BigDecimal("1.25"), new BigDecimal("1"));

	boolean isVideo() {
		return !IMAGE.matcher(this.url).find();
	}

	/** How long it is, in seconds; 0 for an image. */
	BigDecimal length() {
		if (!isVideo()) {
			return BigDecimal.ZERO;
		}
		Matcher length = LENGTH.matcher(this.url);
		if (!length.find()) {
			return UNKNOWN_LENGTH;
		}
		return new BigDecimal((length.group(1) != null) ? length.group(1) : length.group(2));
	}

	/**
	 * Return the seconds of the references that are billed: each video counts up to a cap
	 * that falls with the number of all references, images included.
	 * @param references at most five
	 * @return the seconds, at most 5
	 */
	static BigDecimal billedSeconds(List<Reference> references) {
		if (references.isEmpty()) {
			return BigDecimal.ZERO;
		}
		BigDecimal cap = CAPS.get(references.size() - 1);
		return references.stream()
			.map((reference) -> reference.length().min(cap))
			.reduce(BigDecimal.ZERO, BigDecimal::add);
	}

}
