package io.wangateway.dashscope;

import java.net.URI;
import java.time.Instant;

/**
 * Leave to put files into DashScope's temporary storage, for tasks of one model of one
 * account.
 *
 * @param host where to send them
 * @param directory the folder that they go into
 * @param expiresAt when the leave ends, usually after five minutes
 * @param maxBytes the largest file
 * @param form what proves the leave
 */
public record UploadPolicy(URI host, String directory, Instant expiresAt, long maxBytes,
		Form form) implements UploadPermission {

	/**
	 * What proves the leave, passed on as it came. Whoever has it can upload.
	 *
	 * @param accessKeyId {@code OSSAccessKeyId}
	 * @param policy {@code policy}
	 * @param signature {@code Signature}
	 * @param objectAcl {@code x-oss-object-acl}
	 * @param forbidOverwrite {@code x-oss-forbid-overwrite}
	 */
	public record Form(String accessKeyId, String policy, String signature, String objectAcl, String forbidOverwrite) {

		/** All of it is secret. */
		@Override
		public String toString() {
			return "Form[…]";
		}

	}

}
