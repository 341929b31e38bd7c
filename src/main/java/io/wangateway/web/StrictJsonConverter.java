package io.wangateway.web;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;

/**
 * Gives controllers their {@code @RequestBody ObjectNode}, read by {@link StrictJson}.
 */
class StrictJsonConverter extends AbstractHttpMessageConverter<ObjectNode> {

	private final Duration bodyTimeout;

	/**
	 * Create a converter.
	 * @param bodyTimeout how long a body may take to arrive
	 */
	StrictJsonConverter(Duration bodyTimeout) {
		super(MediaType.APPLICATION_JSON);
		this.bodyTimeout = bodyTimeout;
	}

	@Override
	protected boolean supports(Class<?> type) {
		return type == ObjectNode.class;
	}

	@Override
	public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
		return false;
	}

	@Override
	protected ObjectNode readInternal(Class<? extends ObjectNode> type, HttpInputMessage message) throws IOException {
		MediaType contentType = message.getHeaders().getContentType();
		Charset charset = (contentType != null) ? contentType.getCharset() : null;
		if (charset != null && !charset.equals(StandardCharsets.UTF_8)) {
			throw new ApiException(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The charset of JSON is UTF-8");
		}
		if (message.getHeaders().getContentLength() > StrictJson.MAX_BYTES) {
			throw StrictJson.tooLarge();
		}
		return StrictJson.read(new TimedBody(message.getBody(), this.bodyTimeout));
	}

	@Override
	protected void writeInternal(ObjectNode tree, HttpOutputMessage message) {
		throw new UnsupportedOperationException("Only reads");
	}

}
