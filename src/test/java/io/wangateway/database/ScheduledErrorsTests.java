package io.wangateway.database;

import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;

import io.wangateway.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ScheduledErrorsTests {

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-27T03:00:00Z"));

	private final ScheduledErrors errors = new ScheduledErrors(this.clock);

	@Test
	void absentDatabaseIsSaidInALineEveryHalfMinute(CapturedOutput output) {
		for (int i = 0; i < 61; i++) {
			this.errors.handleError(new CannotGetJdbcConnectionException("no connection",
					new SQLTransientConnectionException("timed out")));
			this.clock.advance(Duration.ofSeconds(1));
		}
		assertThat(output.getOut().lines().filter((line) -> line.contains("The database is away"))).hasSize(2);
		assertThat(output).doesNotContain("\tat ");
	}

	@Test
	void otherFailuresAreLoggedWholeEachTime(CapturedOutput output) {
		this.errors.handleError(new IllegalStateException("first"));
		this.errors.handleError(new IllegalStateException("second"));
		assertThat(output).contains("first", "second", "\tat ");
	}

}
