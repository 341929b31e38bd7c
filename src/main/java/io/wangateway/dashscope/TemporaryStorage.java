package io.wangateway.dashscope;

import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The object store that DashScope lends for input media. It is another service, Alibaba's
 * OSS, which must not see our key, takes forms and answers errors in XML.
 */
final class TemporaryStorage {

	/** How long DashScope keeps a file, as its documentation says. */
	private static final Duration KEPT = Duration.ofDays(2);

	private static final int LARGEST_ANSWER = 64 * 1024;

	private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9._-]{1,128}");

	private static final Pattern CONTENT_TYPE = Pattern.compile("[A-Za-z0-9.+-]+/[A-Za-z0-9.+-]+");

	private final HttpClients httpClients;

	private final Duration timeout;

	private final Clock clock;

	TemporaryStorage(HttpClients httpClients, Duration timeout, Clock clock) {
		this.httpClients = httpClients;
		this.timeout = timeout;
		this.clock = clock;
	}

	Upload store(UploadPolicy policy, String fileName, String contentType, long length, InputStream content) {
		Assert.isTrue(FILE_NAME.matcher(fileName).matches(), () -> "Not a file name for an upload: " + fileName);
		Assert.isTrue(CONTENT_TYPE.matcher(contentType).matches(), () -> "Not a content type: " + contentType);
		if (length > policy.maxBytes()) {
			return new Upload.Refused(UpstreamError
				.noAnswer("DashScope takes files of up to %d bytes, not %d".formatted(policy.maxBytes(), length)));
		}
		String key = policy.directory() + "/" + fileName;
		MultipartForm form = new MultipartForm().field("OSSAccessKeyId", policy.form().accessKeyId())
			.field("Signature", policy.form().signature())
			.field("policy", policy.form().policy())
			.field("key", key)
			.field("x-oss-object-acl", policy.form().objectAcl())
			.field("x-oss-forbid-overwrite", policy.form().forbidOverwrite())
			.field("success_action_status", "200")
			.field("x-oss-content-type", contentType);
		Instant expiresAt = this.clock.instant().plus(KEPT);
		return send(HttpRequest.newBuilder(policy.host())
			.timeout(this.timeout)
			.header("Content-Type", form.contentType())
			.POST(form.withFile(fileName, contentType, length, content))
			.build(), new Upload.Stored("oss://" + key, expiresAt));
	}

	private Upload send(HttpRequest request, Upload.Stored stored) {
		HttpClient httpClient = this.httpClients.forOneCall();
		try {
			CompletableFuture<HttpResponse<String>> call = httpClient.sendAsync(request,
					BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST_ANSWER));
			// The time-out of the request ends at the head of the answer.
			HttpResponse<String> response = call.get(this.timeout.toMillis(), TimeUnit.MILLISECONDS);
			return (response.statusCode() / 100 == 2) ? stored : refused(response);
		}
		catch (ExecutionException ex) {
			return failed(String.valueOf(ex.getCause()));
		}
		catch (TimeoutException ex) {
			return failed("No whole answer within " + this.timeout);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return failed("Interrupted");
		}
		finally {
			httpClient.shutdownNow();
		}
	}

	private static Upload refused(HttpResponse<String> response) {
		String body = response.body();
		int status = response.statusCode();
		UpstreamError error = new UpstreamError(status, xml(body, "Code"), xml(body, "Message"),
				xml(body, "RequestId"));
		return switch (status) {
			case 429 -> new NoAnswer(NoAnswer.Reason.THROTTLED, error);
			case 400, 401, 403, 404, 409, 411, 413 -> new Upload.Refused(error);
			default -> new NoAnswer(NoAnswer.Reason.FAILED, error);
		};
	}

	private static @Nullable String xml(String body, String element) {
		Matcher matcher = Pattern.compile("<" + element + ">([^<]*)</").matcher(body);
		return matcher.find() ? matcher.group(1) : null;
	}

	private static NoAnswer failed(String why) {
		return new NoAnswer(NoAnswer.Reason.FAILED, UpstreamError.noAnswer(why));
	}

}
