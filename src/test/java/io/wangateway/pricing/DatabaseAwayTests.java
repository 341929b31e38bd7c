package io.wangateway.pricing;

import java.time.Clock;

import io.wangateway.AbsentDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseAwayTests {

	/** If each waited for the one before, the last would be told 503 much too late. */
	@Test
	void thoseWhoNeedThePricesWaitTogether() {
		AbsentDatabase database = new AbsentDatabase();
		Clock clock = Clock.systemUTC();
		Prices prices = new Prices(new PriceBook(JdbcClient.create(database), clock));
		assertThat(database.waits(() -> prices.inForce(clock.instant()))).isEqualTo(1);
	}

}
