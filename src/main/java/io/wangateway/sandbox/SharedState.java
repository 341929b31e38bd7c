package io.wangateway.sandbox;

import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;

/** What all processes on one database have in common beside the tasks. */
class SharedState {

	private final JdbcClient jdbc;

	private final Behaviour configured;

	/**
	 * Create the state.
	 * @param jdbc the database
	 * @param configured how this process behaves where nothing was changed at run time
	 */
	SharedState(JdbcClient jdbc, Behaviour configured) {
		this.jdbc = jdbc;
		this.configured = configured;
	}

	Behaviour behaviour() {
		return this.configured;
	}

	/** Return the secret that signs links and policies. */
	UUID signer() {
		return this.jdbc.sql("select signer from dashscope_simulator.shared").query(UUID.class).single();
	}

	/**
	 * Count a use of a directive.
	 * @param subject what it is used on
	 * @param directive a directive with a count
	 * @return whether it is within the count
	 */
	boolean use(String subject, Directive directive) {
		return this.jdbc.sql("""
				insert into dashscope_simulator.directive_use as used (subject, directive, uses)
				values (:subject, :directive, 1)
				    on conflict (subject, directive) do update set uses = used.uses + 1 where used.uses < :times""")
			.param("subject", subject)
			.param("directive", directive.toString())
			.param("times", directive.times())
			.update() > 0;
	}

}
