package io.wangateway.dashscope;

import java.time.Instant;

/**
 * What became of an upload; or {@link NoAnswer}, after which it may be repeated under
 * another file name.
 */
public sealed interface Upload permits Upload.Stored, Upload.Refused, NoAnswer {

	/**
	 * The file is there.
	 *
	 * @param url its {@code oss://} address, good for tasks of the policy's model, and
	 * usable by whoever shares the account: never shown to a team
	 * @param expiresAt when it is deleted, 48 hours after the upload
	 */
	record Stored(String url, Instant expiresAt) implements Upload {

		/** The address does not belong in a log. */
		@Override
		public String toString() {
			return "Stored[expiresAt=" + this.expiresAt + "]";
		}

	}

	/**
	 * The file is not there: too large, or the policy has expired or does not allow it.
	 *
	 * @param error the refusal
	 */
	record Refused(UpstreamError error) implements Upload {
	}

}
