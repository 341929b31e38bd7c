package io.wangateway.team;

import io.wangateway.GatewayTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What the database refuses by itself, whoever asks. */
@GatewayTest
@Transactional
class TeamSchemaTests {

	private static final String TEAM = "insert into team (name, created_at) values ('schema', now())";

	private static final String KEY = """
			insert into api_key (team_id, name, livemode, hash, redacted, created_at)
			select id, 'k', true, sha256('x'), 'sk-live-…abcd', now() from team where name = 'schema'""";

	private static final String OPERATOR = """
			insert into operator (name, role, hash, redacted, created_at)
			values ('schema', 'ops', sha256('y'), 'sk-op-…abcd', now())""";

	@Autowired
	JdbcClient jdbc;

	@ParameterizedTest
	@ValueSource(strings = { "name = ''", "name = ' padded'", "name = E'two\\nlines'", "name = repeat('x', 101)",
			"weight = 0", "weight = 1001", "max_in_flight = 0", "max_queued = 0", "max_queued = 1000001",
			"retention_days = 0", "upload_quota_bytes = -1", "cost_center = ''", "labels = '[]'",
			"labels = '{\"a b\": \"c\"}'", "labels = '{\"a\": 1}'", "created_at = null" })
	void impossibleTeam(String change) {
		this.jdbc.sql(TEAM).update();
		refuses("update team set %s where name = 'schema'".formatted(change));
	}

	@ParameterizedTest
	@ValueSource(strings = { "hash = 'short'", "redacted = 'sk-live-whole'", "livemode = false",
			"previous_hash = sha256('z')", "previous_valid_until = now()", "requests_per_minute = 0",
			"queries_per_minute = 0", "team_id = 0", "name = ''" })
	void impossibleKey(String change) {
		this.jdbc.sql(TEAM).update();
		this.jdbc.sql(KEY).update();
		refuses("update api_key set %s where hash = sha256('x')".formatted(change));
	}

	@ParameterizedTest
	@ValueSource(strings = { "role = 'boss'", "bootstrap = true", "hash = ''", "name = ''" })
	void impossibleOperator(String change) {
		this.jdbc.sql(OPERATOR).update();
		refuses("update operator set %s where name = 'schema'".formatted(change));
	}

	@ParameterizedTest
	@ValueSource(strings = { TEAM, KEY, OPERATOR })
	void nothingTwice(String insert) {
		this.jdbc.sql(TEAM).update();
		if (!insert.equals(TEAM)) {
			this.jdbc.sql(insert).update();
		}
		refuses(insert);
	}

	private void refuses(String sql) {
		assertThatExceptionOfType(DataIntegrityViolationException.class).isThrownBy(() -> this.jdbc.sql(sql).update());
	}

}
