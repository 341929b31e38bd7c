package io.wangateway.sandbox;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;

import javax.sql.DataSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * The simulator alone, without the gateway: for a second gateway, for load tests, or for
 * software that knows nothing of the gateway. It needs a PostgreSQL, in which it keeps to
 * a schema of its own ({@code SPRING_DATASOURCE_URL}, {@code _USERNAME},
 * {@code _PASSWORD}), and takes the settings of {@link SandboxSettings}. From the
 * sources: <pre>
 * mvn spring-boot:run -Dstart-class=io.wangateway.sandbox.SandboxApplication
 * </pre> From the packaged jar: <pre>
 * java -Dloader.main=io.wangateway.sandbox.SandboxApplication -cp wan-gateway.jar \
 *   org.springframework.boot.loader.launch.PropertiesLauncher --gateway.sandbox.address=0.0.0.0
 * </pre> Clients then use {@code http://<host>:8082/api/v1} and the key
 * {@code sk-simulator}.
 */
@ImportAutoConfiguration(DataSourceAutoConfiguration.class)
@EnableConfigurationProperties(SandboxSettings.class)
public class SandboxApplication {

	static void main(String[] args) {
		SpringApplication application = new SpringApplication(SandboxApplication.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.run(args);
	}

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

	@Bean
	SandboxServer sandboxServer(SandboxSettings settings, DataSource dataSource, Clock clock)
			throws UnknownHostException {
		return new SandboxServer(settings, InetAddress.getByName(settings.address()), dataSource, clock);
	}

}
