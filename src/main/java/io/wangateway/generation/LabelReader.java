package io.wangateway.generation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads a team's own words for its reports, such as a project or a cost centre.
 */
final class LabelReader {

	private static final int MAX_LABELS = 16;

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

	private static final Pattern VALUE = Pattern.compile("(?s).{0,256}");

	private LabelReader() {
	}

	/** Return the labels in the order sent. */
	static Map<String, String> read(FieldReader fields) {
		FieldReader labels = fields.object("labels");
		if (labels.names().size() > MAX_LABELS) {
			fields.refuse("labels", "an object of at most %d labels".formatted(MAX_LABELS));
		}
		Map<String, String> read = new LinkedHashMap<>();
		for (String name : labels.names()) {
			if (!NAME.matcher(name).matches()) {
				labels.objectTo(name, "must have a name of 1 to 64 of the characters A-Z a-z 0-9 . _ -");
			}
			String value = labels.string(name, VALUE, "a string of at most 256 characters");
			if (value != null) {
				read.put(name, value);
			}
		}
		return read;
	}

}
