package io.wangateway.web;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * A request's body that must be there in time as a whole. Tomcat's own time-out is
 * between two bytes, so that a body that trickles in would hold its place for days.
 */
public final class TimedBody extends FilterInputStream {

	private final Duration limit;

	private final long start = System.nanoTime();

	/**
	 * Begin to wait.
	 * @param body what arrives
	 * @param limit how long all of it may take
	 */
	public TimedBody(InputStream body, Duration limit) {
		super(body);
		this.limit = limit;
	}

	@Override
	public int read() throws IOException {
		int read = super.read();
		check();
		return read;
	}

	@Override
	public int read(byte[] buffer, int offset, int length) throws IOException {
		int read = super.read(buffer, offset, length);
		check();
		return read;
	}

	private void check() {
		if (System.nanoTime() - this.start > this.limit.toNanos()) {
			throw new ApiException(ErrorCode.INVALID_REQUEST,
					"The body took longer than %d seconds to arrive".formatted(this.limit.toSeconds()));
		}
	}

}
