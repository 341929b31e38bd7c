package io.wangateway.sandbox;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.wangateway.MutableClock;
import io.wangateway.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static io.wangateway.sandbox.TestSimulator.json;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests bringing files to the temporary storage, and using them. */
class UploadTests {

	private static final MutableClock clock = TestSimulator.clock();

	private static final TestSimulator simulator = new TestSimulator(TestDatabase.create(), clock);

	@AfterAll
	static void close() {
		simulator.close();
	}

	@BeforeEach
	void startAfresh() {
		clock.advance(Duration.ofMinutes(1));
		simulator.reset();
	}

	@Test
	void broughtFileCanBeUsed() {
		JsonNode policy = policy("wan2.6-i2v-flash");
		HttpResponse<String> brought = bring(policy, form(policy, "photo.jpg"));
		assertThat(brought.statusCode()).isEqualTo(200);
		assertThat(brought.body()).isEmpty();
		String key = policy.get("upload_dir").asString() + "/photo.jpg";
		assertThat(use("wan2.6-i2v-flash", key, true).statusCode()).isEqualTo(200);
	}

	@Test
	void policyIsAsDocumented() {
		JsonNode policy = policy("wan2.6-r2v-flash");
		assertThat(policy.propertyNames()).containsExactlyInAnyOrder("policy", "signature", "upload_dir", "upload_host",
				"expire_in_seconds", "max_file_size_mb", "capacity_limit_mb", "oss_access_key_id", "x_oss_object_acl",
				"x_oss_forbid_overwrite");
		assertThat(policy.get("expire_in_seconds").intValue()).isEqualTo(300);
		assertThat(policy.get("max_file_size_mb").intValue()).isEqualTo(100);
		assertThat(policy.get("x_oss_forbid_overwrite").asString()).isEqualTo("true");
		assertThat(simulator.get("/uploads?action=getPolicy&model=wan9").statusCode()).isEqualTo(404);
		assertThat(simulator.get("/uploads?model=wan2.6-i2v-flash").statusCode()).isEqualTo(400);
	}

	@Test
	void fileIsOnlyForItsModelForItsHeaderAndForTwoDays() {
		JsonNode policy = policy("wan2.6-i2v-flash");
		bring(policy, form(policy, "photo.jpg"));
		String key = policy.get("upload_dir").asString() + "/photo.jpg";
		assertUnreadable(use("wan2.6-i2v-flash", key, false));
		assertUnreadable(use("wan2.6-i2v", key, true));
		assertUnreadable(use("wan2.6-i2v-flash", key + "x", true));
		clock.advance(Duration.ofDays(2));
		assertUnreadable(use("wan2.6-i2v-flash", key, true));
	}

	@Test
	void policyExpires() {
		JsonNode policy = policy("wan2.6-i2v-flash");
		clock.advance(Duration.ofSeconds(301));
		assertStorageRefuses(bring(policy, form(policy, "photo.jpg")), 403, "AccessDenied", "Policy expired");
	}

	@Test
	void fileIsNotOverwritten() {
		JsonNode policy = policy("wan2.6-i2v-flash");
		bring(policy, form(policy, "photo.jpg"));
		assertStorageRefuses(bring(policy, form(policy, "photo.jpg")), 409, "FileAlreadyExists", "already exists");
	}

	@Test
	void formMustBeWhatThePolicyAllows() {
		JsonNode policy = policy("wan2.6-i2v-flash");
		Map<String, String> elsewhere = form(policy, "photo.jpg");
		elsewhere.put("key", "elsewhere/photo.jpg");
		assertStorageRefuses(bring(policy, elsewhere), 403, "AccessDenied", "Policy Condition failed");
		Map<String, String> forged = form(policy, "photo.jpg");
		forged.put("policy", policy("wan2.6-r2v-flash").get("policy").asString());
		assertStorageRefuses(bring(policy, forged), 403, "SignatureDoesNotMatch", "does not match");
		Map<String, String> incomplete = form(policy, "photo.jpg");
		incomplete.remove("key");
		assertStorageRefuses(bring(policy, incomplete), 400, "InvalidArgument", "key");
	}

	private static JsonNode policy(String model) {
		return json(simulator.get("/uploads?action=getPolicy&model=" + model)).get("data");
	}

	private static Map<String, String> form(JsonNode policy, String name) {
		Map<String, String> form = new LinkedHashMap<>();
		form.put("OSSAccessKeyId", policy.get("oss_access_key_id").asString());
		form.put("Signature", policy.get("signature").asString());
		form.put("policy", policy.get("policy").asString());
		form.put("key", policy.get("upload_dir").asString() + "/" + name);
		form.put("x-oss-object-acl", policy.get("x_oss_object_acl").asString());
		form.put("x-oss-forbid-overwrite", policy.get("x_oss_forbid_overwrite").asString());
		form.put("success_action_status", "200");
		return form;
	}

	private static HttpResponse<String> bring(JsonNode policy, Map<String, String> form) {
		StringBuilder body = new StringBuilder();
		form.forEach((name, value) -> body
			.append("--limit\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(name, value)));
		body.append("--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"photo.jpg\"\r\n")
			.append("Content-Type: image/jpeg\r\n\r\nbytes\r\n--limit--\r\n");
		return simulator.send(HttpRequest.newBuilder(URI.create(policy.get("upload_host").asString()))
			.header("Content-Type", "multipart/form-data; boundary=limit")
			.POST(BodyPublishers.ofString(body.toString())));
	}

	private static HttpResponse<String> use(String model, String key, boolean resolve) {
		HttpRequest.Builder request = simulator.creation("""
				{"model":"%s","input":{"img_url":"oss://%s"}}""".formatted(model, key))
			.header("X-DashScope-Async", "enable");
		return simulator.send(resolve ? request.header("X-DashScope-OssResourceResolve", "enable") : request);
	}

	private static void assertUnreadable(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(json(answer).get("code").asString()).isEqualTo("InvalidParameter.DataInspection");
	}

	private static void assertStorageRefuses(HttpResponse<String> answer, int status, String code, String message) {
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/xml");
		assertThat(answer.body()).contains("<Code>" + code + "</Code>").contains(message);
	}

}
