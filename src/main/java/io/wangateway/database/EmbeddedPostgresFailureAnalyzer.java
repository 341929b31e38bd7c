package io.wangateway.database;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Shows why the embedded PostgreSQL can't be used, and what else can.
 */
class EmbeddedPostgresFailureAnalyzer extends AbstractFailureAnalyzer<EmbeddedPostgresException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, EmbeddedPostgresException cause) {
		return new FailureAnalysis(cause.getMessage(),
				"Remove the cause, or name another folder in GATEWAY_DATA_DIR, or a PostgreSQL of your own in SPRING_DATASOURCE_URL.",
				rootFailure);
	}

}
