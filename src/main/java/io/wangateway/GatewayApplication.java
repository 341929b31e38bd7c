package io.wangateway;

import java.time.Clock;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * The gateway through which a company's teams generate videos.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class GatewayApplication {

	static void main(String[] args) {
		try {
			SpringApplication.run(GatewayApplication.class, args);
		}
		catch (RuntimeException _) {
			// It is in the log. Servers that had begun would keep a process that does not
			// work.
			System.exit(1);
		}
	}

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}
