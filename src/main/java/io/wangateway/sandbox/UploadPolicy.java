package io.wangateway.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A permission to bring one file.
 *
 * @param directory what the file's key must begin with
 * @param model the model that alone may use the file
 * @param expires until when it holds
 */
record UploadPolicy(String directory, String model, Instant expires) {

	private static final JsonMapper mapper = JsonMapper.shared();

	/** Read what {@link #encoded} wrote. */
	static UploadPolicy decode(String text) {
		try {
			JsonNode node = mapper.readTree(Base64.getDecoder().decode(text));
			return new UploadPolicy(node.path("directory").asString(), node.path("model").asString(),
					Instant.parse(node.path("expiration").asString()));
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("Not a policy of the simulator", ex);
		}
	}

	/** Return it as text; only the signature beside it makes it valid. */
	String encoded() {
		String json = mapper.createObjectNode()
			.put("expiration", this.expires.toString())
			.put("directory", this.directory)
			.put("model", this.model)
			.toString();
		return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
	}

}
