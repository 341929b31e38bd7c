package io.wangateway.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Bringing files to the temporary storage: first for a policy, then with it to the upload
 * host.
 */
class UploadRoutes {

	/** The upload host; the real one is another server. */
	static final String PATH = "/upload-host";

	private static final int POLICY_SECONDS = 300;

	private static final int LARGEST_MEBIBYTES = 100;

	private static final String ACCESS_KEY = "LTAI-simulator";

	private final Uploads uploads;

	private final Throttle throttle;

	private final SharedState shared;

	private final Faults faults;

	private final Signer signer;

	private final Clock clock;

	UploadRoutes(Uploads uploads, Throttle throttle, SharedState shared, Faults faults, Signer signer, Clock clock) {
		this.uploads = uploads;
		this.throttle = throttle;
		this.shared = shared;
		this.faults = faults;
		this.signer = signer;
		this.clock = clock;
	}

	ServerResponse policy(ServerRequest request) {
		if (!request.param("action").orElse("").equals("getPolicy")) {
			throw Refusal.invalidParameter("action must be getPolicy");
		}
		Model model = Model.of(request.param("model").orElse(""));
		this.throttle.pass("policy " + model.id(), this.shared.behaviour().limits().policiesPerSecond());
		return this.faults.answer(Route.POLICY, "policy", Directives.NONE, () -> policy(model, request));
	}

	private Answer policy(Model model, ServerRequest request) {
		Instant expires = this.clock.instant().plusSeconds(POLICY_SECONDS).truncatedTo(ChronoUnit.SECONDS);
		UploadPolicy policy = new UploadPolicy("dashscope-instant/simulator/" + UUID.randomUUID(), model.id(), expires);
		ObjectNode body = Answer.newBody();
		body.putObject("data")
			.put("policy", policy.encoded())
			.put("signature", this.signer.sign(policy.encoded()))
			.put("upload_dir", policy.directory())
			.put("upload_host",
					UriComponentsBuilder.fromUri(request.uri()).replacePath(PATH).replaceQuery(null).toUriString())
			.put("expire_in_seconds", POLICY_SECONDS)
			.put("max_file_size_mb", LARGEST_MEBIBYTES)
			.put("capacity_limit_mb", 999_999_999)
			.put("oss_access_key_id", ACCESS_KEY)
			.put("x_oss_object_acl", "private")
			.put("x_oss_forbid_overwrite", "true");
		return Answer.ok(body);
	}

	ServerResponse receive(ServerRequest request) throws IOException, ServletException {
		List<Part> parts = List.copyOf(request.servletRequest().getParts());
		return this.faults.answer(Route.UPLOAD, "upload", Directives.NONE, () -> receive(parts));
	}

	private Answer receive(List<Part> parts) {
		UploadPolicy policy = policy(parts);
		String key = field(parts, "key");
		Part file = parts.getLast();
		if (!file.getName().equals("file") || !key.startsWith(policy.directory() + "/")) {
			throw new StorageRefusal(403, "AccessDenied", "Invalid according to Policy: Policy Condition failed");
		}
		if (file.getSize() > (long) LARGEST_MEBIBYTES << 20) {
			throw new StorageRefusal(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size.");
		}
		if (!this.uploads.add(key, policy.model(), file.getSize(), sha256(file))) {
			throw new StorageRefusal(409, "FileAlreadyExists", "The object you specified already exists.");
		}
		boolean asked = field(parts, "success_action_status").equals("200");
		return Answer.text(asked ? 200 : 204, MediaType.APPLICATION_XML, "");
	}

	private UploadPolicy policy(List<Part> parts) {
		String encoded = field(parts, "policy");
		if (!field(parts, "OSSAccessKeyId").equals(ACCESS_KEY)
				|| !this.signer.isSignature(field(parts, "Signature"), encoded)) {
			throw new StorageRefusal(403, "SignatureDoesNotMatch",
					"The request signature we calculated does not match the signature you provided.");
		}
		UploadPolicy policy = UploadPolicy.decode(encoded);
		if (this.clock.instant().isAfter(policy.expires())) {
			throw new StorageRefusal(403, "AccessDenied", "Invalid according to Policy: Policy expired.");
		}
		return policy;
	}

	private static String sha256(Part file) {
		try (InputStream content = file.getInputStream()) {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			content.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not read the file", ex);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	private static String field(List<Part> parts, String name) {
		Part part = parts.stream()
			.filter((candidate) -> candidate.getName().equals(name))
			.findFirst()
			.orElseThrow(() -> new StorageRefusal(400, "InvalidArgument", "The field " + name + " is missing."));
		try (var content = part.getInputStream()) {
			return new String(content.readNBytes(1 << 16), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not read the field " + name, ex);
		}
	}

}
