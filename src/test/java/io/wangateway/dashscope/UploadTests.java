package io.wangateway.dashscope;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests that media reach DashScope's temporary storage, and what becomes of those that do
 * not.
 */
class UploadTests {

	private static final long MEGABYTE = 1024 * 1024;

	@AutoClose
	private final Upstream upstream = new Upstream();

	UploadTests() throws Exception {
	}

	@Test
	void policyIsAskedForOneModel() throws Exception {
		this.upstream.answer(200, policyJson());
		UploadPermission permission = this.upstream.client.uploadPolicy("wan2.6-i2v-flash");
		assertThat(permission).isEqualTo(policy());
		assertThat(permission.toString()).doesNotContain("p0licy", "s1gnature", "4cces");
		RecordedRequest request = this.upstream.request();
		assertThat(request.getMethod()).isEqualTo("GET");
		assertThat(request.getTarget()).isEqualTo("/api/v1/uploads?action=getPolicy&model=wan2.6-i2v-flash");
		assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + Upstream.KEY);
		assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
	}

	@Test
	void policyMaySendItsNumbersAsStrings() {
		this.upstream.answer(200, policyJson().replace(":300,", ":\"300\",").replace(":100,", ":\"100\","));
		assertThat(this.upstream.client.uploadPolicy("wan2.6-i2v-flash")).isEqualTo(policy());
	}

	@ParameterizedTest
	@ValueSource(strings = { "policy", "signature", "upload_dir", "upload_host", "oss_access_key_id",
			"x_oss_object_acl", "x_oss_forbid_overwrite", "expire_in_seconds", "max_file_size_mb", "data" })
	void incompletePolicyIsNoPolicy(String field) {
		this.upstream.answer(200, policyJson().replace("\"" + field + "\"", "\"nothing\""));
		assertThat(this.upstream.client.uploadPolicy("wan2.6-i2v-flash")).isInstanceOf(NoAnswer.class);
	}

	@ParameterizedTest(name = "{0} {1}")
	@CsvSource({ "429, Throttling.RateQuota, THROTTLED", "401, InvalidApiKey, ACCOUNT_FAULT",
			"500, InternalError, FAILED" })
	void refusedPolicyIsNoPolicy(int status, String code, NoAnswer.Reason reason) {
		this.upstream.answer(status, """
				{"code":"%s","message":"because","request_id":"r-5"}""".formatted(code));
		assertThat(this.upstream.client.uploadPolicy("wan2.6-i2v-flash"))
			.isEqualTo(new NoAnswer(reason, new UpstreamError(status, code, "because", "r-5")));
	}

	@Test
	void storedFileHasAnAddressForTwoDays() {
		this.upstream.answer(200, "");
		Upload upload = upload("picture");
		assertThat(upload)
			.isEqualTo(new Upload.Stored("oss://dashscope-instant/a/1.png", Upstream.NOW.plus(Duration.ofDays(2))));
		assertThat(upload.toString()).doesNotContain("oss://");
	}

	@Test
	void fileIsSentLastAndWithoutOurKey() throws Exception {
		this.upstream.answer(200, "");
		upload("picture");
		RecordedRequest request = this.upstream.request();
		assertThat(request.getHeaders().names()).doesNotContain("Authorization", "Transfer-Encoding");
		String boundary = Objects.requireNonNull(request.getHeaders().get("Content-Type"))
			.replace("multipart/form-data; boundary=", "");
		assertThat(Upstream.body(request).replace(boundary, "B")).isEqualToNormalizingNewlines("""
				--B
				Content-Disposition: form-data; name="OSSAccessKeyId"

				4ccess
				--B
				Content-Disposition: form-data; name="Signature"

				s1gnature
				--B
				Content-Disposition: form-data; name="policy"

				p0licy
				--B
				Content-Disposition: form-data; name="key"

				dashscope-instant/a/1.png
				--B
				Content-Disposition: form-data; name="x-oss-object-acl"

				private
				--B
				Content-Disposition: form-data; name="x-oss-forbid-overwrite"

				true
				--B
				Content-Disposition: form-data; name="success_action_status"

				200
				--B
				Content-Disposition: form-data; name="x-oss-content-type"

				image/png
				--B
				Content-Disposition: form-data; name="file"; filename="1.png"
				Content-Type: image/png

				picture
				--B--
				""");
	}

	@Test
	void largeFileIsNeverHeldAsAWhole() throws Exception {
		long length = 100 * MEGABYTE;
		long[] largestRead = { 0 };
		InputStream zeros = new InputStream() {

			private long left = length;

			@Override
			public int read() {
				throw new AssertionError("One byte at a time takes too long");
			}

			@Override
			public int read(byte[] buffer, int offset, int size) {
				largestRead[0] = Math.max(largestRead[0], size);
				int given = (int) Math.min(size, this.left);
				this.left -= given;
				return (given > 0) ? given : -1;
			}

		};
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
		})) {
			assertThat(this.upstream.client.upload(policy(server.url()), "1.mp4", "video/mp4", length, zeros))
				.isInstanceOf(Upload.Stored.class);
			assertThat(largestRead[0]).isLessThan(MEGABYTE);
		}
	}

	@Test
	void expiredPolicyRefusesTheFile() {
		this.upstream.answer(403, """
				<?xml version="1.0" encoding="UTF-8"?>
				<Error><Code>AccessDenied</Code><Message>Invalid according to Policy: Policy expired.</Message>
				<RequestId>6911A1</RequestId><HostId>h</HostId></Error>""");
		assertThat(upload("picture")).isEqualTo(new Upload.Refused(
				new UpstreamError(403, "AccessDenied", "Invalid according to Policy: Policy expired.", "6911A1")));
	}

	@Test
	void fileLargerThanThePolicyAllowsIsNotEvenSent() {
		assertThat(this.upstream.client.upload(policy(), "1.png", "image/png", 100 * MEGABYTE + 1,
				InputStream.nullInputStream()))
			.isInstanceOf(Upload.Refused.class);
		assertThat(this.upstream.server.getRequestCount()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "429, THROTTLED", "500, FAILED", "503, FAILED", "302, FAILED" })
	void uploadWithoutAVerdictMayBeRepeated(int status, NoAnswer.Reason reason) {
		this.upstream.answer(status, "no");
		assertThat(upload("picture")).isInstanceOfSatisfying(NoAnswer.class,
				(none) -> assertThat(none.reason()).isEqualTo(reason));
	}

	@Test
	void streamThatIsShorterThanAnnouncedIsNotStored() {
		this.upstream.answer(200, "");
		assertThat(upload("picture", 8)).isInstanceOf(NoAnswer.class);
	}

	@Test
	void streamThatBreaksIsNotStored() throws Exception {
		InputStream broken = InputStream.nullInputStream();
		broken.close();
		assertThat(this.upstream.client.upload(policy(), "1.png", "image/png", 7, broken)).isInstanceOf(NoAnswer.class);
	}

	@Test
	void silentStorageIsLeftAtTheDeadline() throws Exception {
		try (RawServer server = new RawServer(RawServer.Connection::hang)) {
			DashScopeClient client = Upstream.client(server.url(), Upstream.impatient());
			assertThat(client.upload(policy(server.url()), "1.png", "image/png", 7, content("picture")))
				.isInstanceOf(NoAnswer.class);
		}
	}

	@Test
	void endlessAnswerOfTheStorageIsCutOff() {
		this.upstream.answer(new MockResponse.Builder().code(200).body("x".repeat(100_000)).build());
		assertThat(upload("picture")).isInstanceOf(NoAnswer.class);
	}

	@ParameterizedTest
	@CsvSource({ "a/b.png,image/png", "a\"b.png,image/png", "'',image/png", "1.png,image/png; a=b", "1.png,''" })
	void namesThatCouldForgeTheFormAreRefused(String fileName, String contentType) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.upstream.client.upload(policy(), fileName, contentType, 7, content("picture")));
	}

	private Upload upload(String content) {
		return upload(content, content.length());
	}

	private Upload upload(String content, long length) {
		return this.upstream.client.upload(policy(), "1.png", "image/png", length, content(content));
	}

	private static InputStream content(String text) {
		return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
	}

	private UploadPolicy policy() {
		return policy(this.upstream.server.url("/").uri());
	}

	private static UploadPolicy policy(URI host) {
		return new UploadPolicy(host, "dashscope-instant/a", Upstream.NOW.plusSeconds(300), 100 * MEGABYTE,
				new UploadPolicy.Form("4ccess", "p0licy", "s1gnature", "private", "true"));
	}

	private String policyJson() {
		return """
				{"request_id":"r-5","data":{"policy":"p0licy","signature":"s1gnature","upload_dir":"dashscope-instant/a",
				 "upload_host":"%s","expire_in_seconds":300,"max_file_size_mb":100,"capacity_limit_mb":999999999,
				 "oss_access_key_id":"4ccess","x_oss_object_acl":"private","x_oss_forbid_overwrite":"true"}}"""
			.formatted(this.upstream.server.url("/"));
	}

}
