package io.wangateway.sandbox;

import java.util.UUID;

import org.springframework.http.MediaType;

/** A refusal by the storage that holds videos and uploads, which speaks XML. */
class StorageRefusal extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int status;

	private final String code;

	StorageRefusal(int status, String code, String message) {
		super(message);
		this.status = status;
		this.code = code;
	}

	Answer toAnswer() {
		String xml = """
				<?xml version="1.0" encoding="UTF-8"?>
				<Error>
				  <Code>%s</Code>
				  <Message>%s</Message>
				  <RequestId>%s</RequestId>
				</Error>
				""".formatted(this.code, getMessage(), UUID.randomUUID());
		return Answer.text(this.status, MediaType.APPLICATION_XML, xml);
	}

}
