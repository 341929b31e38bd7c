package io.wangateway.generation;

import java.util.UUID;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What was asked for, as it was stored when it was accepted.
 */
@Component
public class GenerationContents {

	private final JdbcClient jdbc;

	private final JsonMapper json;

	GenerationContents(JdbcClient jdbc, JsonMapper json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	/**
	 * Return what was asked for.
	 * @param generation one that has not been erased yet, as none is that has not ended
	 * @return the request with its defaults
	 */
	public GenerationRequest of(UUID generation) {
		String request = this.jdbc.sql("select request::text from generation_content where generation_id = :id")
			.param("id", generation)
			.query(String.class)
			.single();
		return this.json.readValue(request, GenerationRequest.class);
	}

}
