package io.wangateway;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * Makes the application's clock a {@link MutableClock}, which stands at the full second
 * in which the context started. Scheduled loops still run, but what is due in the future
 * stays so until the test moves time. Contexts with and without it are two, so import it
 * only where time must stand.
 */
@TestConfiguration(proxyBeanMethods = false)
public class StandingTime {

	@Bean
	@Primary
	MutableClock mutableClock() {
		return new MutableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
	}

}
