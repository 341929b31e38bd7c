package io.wangateway.finance;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;

/** Refuses to read more than so many bytes of a body. */
class LimitedInput extends FilterInputStream {

	private final long most;

	private long read;

	LimitedInput(InputStream in, long most) {
		super(in);
		this.most = most;
	}

	@Override
	public int read() throws IOException {
		int b = super.read();
		count((b >= 0) ? 1 : 0);
		return b;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		int count = super.read(bytes, offset, length);
		count(Math.max(0, count));
		return count;
	}

	private void count(int bytes) {
		this.read += bytes;
		if (this.read > this.most) {
			throw new ApiException(ErrorCode.REQUEST_TOO_LARGE,
					"The file is larger than %d MiB".formatted(this.most >> 20));
		}
	}

}
