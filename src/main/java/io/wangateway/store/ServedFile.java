package io.wangateway.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * A file as it is served: with {@code HEAD}, one {@code Range}, {@code If-Range} and
 * {@code If-None-Match}, and without any leave to a browser to do more than show it.
 *
 * @param name what a browser saves it as
 * @param contentType its media type
 * @param length how many bytes it has
 * @param etag quoted; whatever has it has the very same bytes
 * @param lastModified when it came to be
 */
public record ServedFile(String name, String contentType, long length, String etag, Instant lastModified) {

	private static final Logger logger = LoggerFactory.getLogger(ServedFile.class);

	private static final Duration RETRY = Duration.ofSeconds(5);

	private static final int BUFFER = 1 << 16;

	/**
	 * Nothing in a file is run. It stays of our origin, since the page that a browser
	 * makes around a video fetches it once more, and may fetch it from its own origin
	 * only.
	 */
	private static final String SECURITY_POLICY = "sandbox allow-same-origin";

	/** A caller may keep a file, since it never changes, for as long as a link stays. */
	private static final String CACHING = "private, max-age=3600";

	/**
	 * Answer a request with the file, or with what the caller wants of it.
	 * @param request the request
	 * @param response the answer
	 * @param source opens the file
	 * @throws IOException if the bytes broke off after the answer had begun
	 * @throws ApiException if the file can't be opened
	 */
	public void send(HttpServletRequest request, HttpServletResponse response, Source source) throws IOException {
		Optional<HttpRange> asked = range(request);
		if (asked.isPresent() && !isSatisfiable(asked.get())) {
			refuse(response);
			return;
		}
		ByteRange range = asked
			.map((part) -> new ByteRange(part.getRangeStart(this.length), part.getRangeEnd(this.length)))
			.orElse(ByteRange.whole(this.length));
		boolean head = HttpMethod.HEAD.matches(request.getMethod());
		// Opened before any header is set, since the answer is another one if that fails.
		try (InputStream content = head ? InputStream.nullInputStream() : open(source, range)) {
			describe(response);
			if (new ServletWebRequest(request, response).checkNotModified(this.etag,
					this.lastModified.toEpochMilli())) {
				return;
			}
			response.setContentType(this.contentType);
			response.setContentLengthLong(range.length());
			if (asked.isPresent()) {
				response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
				response.setHeader(HttpHeaders.CONTENT_RANGE,
						"bytes %d-%d/%d".formatted(range.first(), range.last(), this.length));
			}
			if (!head && !Sendfile.arrange(request, content, range)) {
				copy(content, range.length(), response.getOutputStream());
			}
		}
	}

	private void refuse(HttpServletResponse response) throws IOException {
		response.setStatus(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE.value());
		response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + this.length);
		response.setContentLength(0);
		response.flushBuffer();
	}

	private void describe(HttpServletResponse response) {
		response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
		response.setHeader(HttpHeaders.CACHE_CONTROL, CACHING);
		response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"" + this.name + "\"");
		response.setHeader("Content-Security-Policy", SECURITY_POLICY);
		response.setHeader("X-Content-Type-Options", "nosniff");
	}

	/** The part asked for; several parts at once, and nonsense, count as the whole. */
	private Optional<HttpRange> range(HttpServletRequest request) {
		String ifRange = request.getHeader(HttpHeaders.IF_RANGE);
		if (!HttpMethod.GET.matches(request.getMethod()) || (ifRange != null && !isSame(request, ifRange))) {
			return Optional.empty();
		}
		try {
			List<HttpRange> ranges = HttpRange.parseRanges(request.getHeader(HttpHeaders.RANGE));
			return (ranges.size() == 1) ? Optional.of(ranges.getFirst()) : Optional.empty();
		}
		catch (IllegalArgumentException _) {
			return Optional.empty();
		}
	}

	private boolean isSame(HttpServletRequest request, String ifRange) {
		if (ifRange.startsWith("\"")) {
			return ifRange.equals(this.etag);
		}
		try {
			return request.getDateHeader(HttpHeaders.IF_RANGE) == this.lastModified.getEpochSecond() * 1000;
		}
		catch (IllegalArgumentException _) {
			return false;
		}
	}

	private boolean isSatisfiable(HttpRange range) {
		return range.getRangeStart(this.length) < this.length
				&& range.getRangeEnd(this.length) >= range.getRangeStart(this.length);
	}

	private void copy(InputStream content, long length, OutputStream out) throws IOException {
		byte[] buffer = new byte[BUFFER];
		for (long left = length; left > 0;) {
			int read = content.read(buffer, 0, (int) Math.min(BUFFER, left));
			if (read < 0) {
				throw new IOException("%s ended %d bytes early".formatted(this.name, left));
			}
			left -= read;
			if (!write(out, buffer, read)) {
				return;
			}
		}
	}

	private static InputStream open(Source source, ByteRange range) {
		try {
			return source.open(range);
		}
		catch (StoreException ex) {
			logger.warn("A file can't be served: {}", ex.getMessage());
			throw new ApiException(ErrorCode.SERVICE_UNAVAILABLE, "The file can't be read at present")
				.retryAfter(RETRY);
		}
	}

	/** Whether the caller is still there. */
	private static boolean write(OutputStream out, byte[] buffer, int length) {
		try {
			out.write(buffer, 0, length);
			return true;
		}
		catch (IOException _) {
			return false;
		}
	}

	/** Opens a file for reading. */
	@FunctionalInterface
	public interface Source {

		/**
		 * Open a part of the file.
		 * @param range the part
		 * @return the bytes from the range's first on, at least as far as its last
		 * @throws StoreException if that is not possible at present
		 */
		InputStream open(ByteRange range);

	}

}
