package io.wangateway.dashscope;

import java.math.BigDecimal;
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

	private static final long MEGABYTE = 1024 * 1024;

	private static final BigDecimal MOST = new BigDecimal(1_000_000);

	/**
	 * Read an answer to the wish for a policy.
	 * @param answer a 2xx answer
	 * @param now when the policy was asked for
	 * @return the policy, if all of it is there
	 */
	static UploadPermission read(Reply.Answer answer, Instant now) {
		Fields data = answer.fields().object("data");
		URI host = data.link("upload_host");
		String directory = data.text("upload_dir");
		String accessKeyId = data.text("oss_access_key_id");
		String policy = data.text("policy");
		String signature = data.text("signature");
		String objectAcl = data.text("x_oss_object_acl");
		String forbidOverwrite = data.text("x_oss_forbid_overwrite");
		BigDecimal seconds = data.number("expire_in_seconds");
		BigDecimal megabytes = data.number("max_file_size_mb");
		if (host == null || directory == null || accessKeyId == null || policy == null || signature == null
				|| objectAcl == null || forbidOverwrite == null || seconds == null || megabytes == null) {
			return NoAnswer.unreadable(answer, "The upload policy is incomplete");
		}
		return new UploadPolicy(host, directory, now.plusSeconds(seconds.min(MOST).longValue()),
				megabytes.min(MOST).longValue() * MEGABYTE,
				new Form(accessKeyId, policy, signature, objectAcl, forbidOverwrite));
	}

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
