package io.wangateway.sandbox;

import java.util.UUID;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What all processes on one database have in common beside the tasks. */
class SharedState {

	/** Names as in the settings; durations are numbers of seconds. */
	private static final JsonMapper mapper = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
		.enable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
		.build();

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final JsonNode configured;

	/**
	 * Create the state.
	 * @param jdbc the database
	 * @param transaction its transactions
	 * @param configured how this process behaves where nothing was changed at run time
	 */
	SharedState(JdbcClient jdbc, TransactionTemplate transaction, Behaviour configured) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.configured = mapper.valueToTree(configured);
	}

	/** Return how the simulator behaves now. */
	Behaviour behaviour() {
		return configuredBut(
				this.jdbc.sql("select behaviour::text from dashscope_simulator.shared").query(String.class).single());
	}

	/**
	 * Change how the simulator behaves, for all processes.
	 * @param changes the fields to change
	 * @return how it behaves now
	 * @throws Refusal if there is no such field, or it can't have such a value
	 */
	Behaviour change(String changes) {
		return this.transaction.execute((status) -> {
			String former = this.jdbc.sql("select behaviour::text from dashscope_simulator.shared for update")
				.query(String.class)
				.single();
			JsonNode all = merge(mapper.readTree(former), changes);
			Behaviour changed = configuredBut(all.toString());
			save(all.toString());
			return changed;
		});
	}

	/** Behave as configured again. */
	void reset() {
		save("{}");
	}

	private void save(String changes) {
		this.jdbc.sql("update dashscope_simulator.shared set behaviour = :changes::jsonb")
			.param("changes", changes)
			.update();
	}

	private Behaviour configuredBut(String changes) {
		try {
			return mapper.treeToValue(merge(this.configured.deepCopy(), changes), Behaviour.class);
		}
		catch (JacksonException ex) {
			throw Refusal.invalidParameter(ex.getOriginalMessage());
		}
	}

	private static JsonNode merge(JsonNode base, String changes) {
		try {
			return mapper.readerForUpdating(base).readValue(changes);
		}
		catch (JacksonException ex) {
			throw Refusal.invalidParameter(ex.getOriginalMessage());
		}
	}

	JsonNode describe(Behaviour behaviour) {
		return mapper.valueToTree(behaviour);
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
