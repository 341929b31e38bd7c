package io.wangateway.usage;

import java.util.Locale;

import org.springframework.http.MediaType;

/** As what a report is wanted. */
enum ReportFormat {

	JSON("application/json"),

	CSV("text/csv;charset=UTF-8"),

	XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

	private final String mediaType;

	ReportFormat(String mediaType) {
		this.mediaType = mediaType;
	}

	MediaType mediaType() {
		return MediaType.parseMediaType(this.mediaType);
	}

	/** The name of a file, such as {@code usage-2026-03-01.csv}. */
	String fileName(String stem) {
		return stem + "." + name().toLowerCase(Locale.ROOT);
	}

}
