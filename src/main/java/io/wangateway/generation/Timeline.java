package io.wangateway.generation;

import java.time.ZoneOffset;

import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes down every step of every generation's life.
 */
@Component
class Timeline {

	private final JdbcClient jdbc;

	private final Replica replica;

	Timeline(JdbcClient jdbc, Replica replica) {
		this.jdbc = jdbc;
		this.replica = replica;
	}

	@EventListener
	void record(GenerationMoved moved) {
		Evidence evidence = moved.evidence();
		this.jdbc.sql("""
				insert into generation_step (generation_id, from_state, to_state, at, cause, http_status,
				        upstream_code, upstream_message, upstream_request_id, replica)
				values (:id, :from, :to, :at, :cause, :status, :code, :message, :requestId, :replica)""")
			.param("id", moved.generation().id().value())
			.param("from", moved.from().name())
			.param("to", moved.to().name())
			.param("at", moved.at().atOffset(ZoneOffset.UTC))
			.param("cause", evidence.cause())
			.param("status", evidence.httpStatus())
			.param("code", evidence.code())
			.param("message", evidence.message())
			.param("requestId", evidence.requestId())
			.param("replica", this.replica.toString())
			.update();
	}

}
