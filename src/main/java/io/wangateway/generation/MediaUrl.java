package io.wangateway.generation;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules for URLs under which Alibaba is to fetch something.
 */
final class MediaUrl {

	private static final int MAX_LENGTH = 2048;

	private static final int MAX_PORT = 65535;

	private static final Pattern AUTHORITY = Pattern
		.compile("(?<host>[A-Za-z0-9._-]+|\\[[^\\]]*])(:(?<port>\\d{1,5}))?");

	/** Longer than any relative path that someone would mistake for a URL. */
	private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/=\\s]{128,}");

	private MediaUrl() {
	}

	/**
	 * Return what is wrong with a URL.
	 * @param url what the caller wrote
	 * @return the rest of a sentence that begins with the field, nothing if it may be
	 * fetched
	 */
	static Optional<String> objection(String url) {
		if (isInline(url)) {
			return Optional.of("must be a URL, not the media itself; upload an image to POST /v1/uploads/images, or a "
					+ "video to POST /v1/uploads/videos, and send the URL that it answers with");
		}
		if (url.length() > MAX_LENGTH) {
			return Optional.of("must have at most %d characters (has %d)".formatted(MAX_LENGTH, url.length()));
		}
		try {
			return objection(new URI(url));
		}
		catch (URISyntaxException ex) {
			return Optional.of("is not a valid URL (%s at position %d)".formatted(ex.getReason(), ex.getIndex() + 1));
		}
	}

	private static boolean isInline(String url) {
		return url.regionMatches(true, 0, "data:", 0, 5) || BASE64.matcher(url).lookingAt();
	}

	private static Optional<String> objection(URI url) {
		if (!"http".equalsIgnoreCase(url.getScheme()) && !"https".equalsIgnoreCase(url.getScheme())) {
			return Optional.of("must be an absolute URL that begins with http:// or https://");
		}
		String authority = url.getRawAuthority();
		if (authority == null) {
			return Optional.of("must be an absolute URL with a host");
		}
		if (authority.contains("@")) {
			return Optional.of("must not carry a user name or password");
		}
		Matcher matcher = AUTHORITY.matcher(authority);
		if (!matcher.matches()) {
			return Optional.of("must have a host in plain ASCII; write other names as xn--…");
		}
		String port = matcher.group("port");
		if (port != null && (Integer.parseInt(port) == 0 || Integer.parseInt(port) > MAX_PORT)) {
			return Optional.of("must have a port from 1 to %d".formatted(MAX_PORT));
		}
		String host = matcher.group("host");
		return PublicHost.objection(host)
			.map((objection) -> "must have a public host that Alibaba can reach (%s %s)".formatted(host, objection));
	}

}
