package io.wangateway.team;

import java.time.Clock;

import io.wangateway.AbsentDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * While the database is away, those who need the same of it wait for it together. If each
 * waited for the one before, the last would be told 503 much too late.
 */
class DatabaseAwayTests {

	private final AbsentDatabase database = new AbsentDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	@Test
	void requestsWithTheSameKeyWaitTogether() {
		KeySecret secret = KeySecret.make(KeySecret.Kind.LIVE);
		Callers callers = new Callers(this.jdbc, Clock.systemUTC());
		assertThat(this.database.waits(() -> callers.find(secret))).isEqualTo(1);
	}

	@Test
	void queriesOfTheSameKeyWaitTogether() {
		QueryBucket bucket = new QueryBucket(new KeyId(1), this.jdbc, Clock.systemUTC());
		assertThat(this.database.waits(() -> bucket.take(60))).isEqualTo(1);
	}

}
