package io.wangateway.database;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Brings the embedded PostgreSQL along where no other is configured.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

	/**
	 * Start the embedded PostgreSQL for the connection pool; it stops after the pool has
	 * closed. Tests bring other connection details, and then nothing starts.
	 */
	@Bean
	@Lazy
	@Fallback
	@Conditional(NoDatabaseConfigured.class)
	EmbeddedPostgres embeddedPostgres(DataFolder folder) {
		return EmbeddedPostgres.start(folder.dataDir().resolve("postgres"));
	}

	/**
	 * Let migrations take their time, on connections of their own: an index over millions
	 * of tasks takes minutes, in which one connection waits in a transaction.
	 */
	@Bean
	FlywayConfigurationCustomizer patientMigrations(ObjectProvider<JdbcConnectionDetails> database) {
		return (flyway) -> {
			JdbcConnectionDetails details = database.getObject();
			flyway.dataSource(details.getJdbcUrl(), details.getUsername(), details.getPassword());
		};
	}

	/** An empty URL counts as none: compose files set it so. */
	static final class NoDatabaseConfigured extends SpringBootCondition {

		@Override
		public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
			boolean configured = StringUtils.hasText(context.getEnvironment().getProperty("spring.datasource.url"));
			return new ConditionOutcome(!configured,
					ConditionMessage.of("spring.datasource.url is " + (configured ? "set" : "not set")));
		}

	}

}
