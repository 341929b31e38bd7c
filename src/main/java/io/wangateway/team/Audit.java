package io.wangateway.team;

import java.sql.Types;
import java.time.Clock;
import java.time.ZoneOffset;

import io.wangateway.team.Caller.Operator;
import io.wangateway.web.RequestId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Records what operators do. Entries are written in the transaction of the deed, so that
 * neither exists without the other, and are never changed.
 */
@Component
public class Audit {

	private final JdbcClient jdbc;

	private final JsonMapper json;

	private final Clock clock;

	Audit(JdbcClient jdbc, JsonMapper json, Clock clock) {
		this.jdbc = jdbc;
		this.json = json;
		this.clock = clock;
	}

	/**
	 * Record a deed in the present transaction.
	 * @param actor who did it
	 * @param action what was done, such as {@code team.create}
	 * @param subject the id of what it was done to
	 * @param before what was there before, written as JSON; {@code null} for nothing
	 * @param after what is there now, written as JSON; {@code null} for nothing
	 * @throws org.springframework.transaction.IllegalTransactionStateException if there
	 * is no transaction
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void record(Operator actor, String action, String subject, @Nullable Object before, @Nullable Object after) {
		insert(actor.id(), actor.name(), action, subject, before, after);
	}

	/** Record a deed of the gateway itself, at its start. */
	@Transactional(propagation = Propagation.MANDATORY)
	void recordOwn(String action, String subject, @Nullable Object after) {
		insert(null, "gateway", action, subject, null, after);
	}

	private void insert(@Nullable Integer operatorId, String actor, String action, String subject,
			@Nullable Object before, @Nullable Object after) {
		this.jdbc.sql("""
				insert into audit_entry (at, operator_id, actor, action, subject, before, after, request_id)
				values (:at, :operatorId, :actor, :action, :subject, :before::jsonb, :after::jsonb, :requestId)
				""")
			.param("at", this.clock.instant().atOffset(ZoneOffset.UTC))
			.param("operatorId", operatorId, Types.INTEGER)
			.param("actor", actor)
			.param("action", action)
			.param("subject", subject)
			.param("before", write(before), Types.VARCHAR)
			.param("after", write(after), Types.VARCHAR)
			.param("requestId", RequestId.current(), Types.VARCHAR)
			.update();
	}

	private @Nullable String write(@Nullable Object value) {
		return (value != null) ? this.json.writeValueAsString(value) : null;
	}

}
