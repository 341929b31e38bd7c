package io.wangateway.store;

import org.springframework.util.Assert;

/**
 * A part of a file.
 *
 * @param first the first byte, from 0
 * @param last the last byte, inclusive; one less than {@code first} for nothing
 */
public record ByteRange(long first, long last) {

	public ByteRange {
		Assert.isTrue(first >= 0 && last >= first - 1, "A range runs from its first byte to its last");
	}

	/** Return the whole of a file of that many bytes. */
	public static ByteRange whole(long length) {
		return new ByteRange(0, length - 1);
	}

	/** Return how many bytes it has. */
	public long length() {
		return this.last - this.first + 1;
	}

	/** Return the value of a {@code Range} header. */
	public String header() {
		return "bytes=%d-%d".formatted(this.first, this.last);
	}

}
