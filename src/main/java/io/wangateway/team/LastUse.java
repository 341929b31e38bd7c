package io.wangateway.team;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.wangateway.team.Caller.Operator;
import io.wangateway.team.Caller.TeamCaller;
import jakarta.annotation.PreDestroy;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Remembers when each key was last used, and writes it down now and then. A crash forgets
 * the last few seconds, which is worth not writing at each request.
 */
@Component
class LastUse {

	private final JdbcClient jdbc;

	private final Clock clock;

	private final Map<Integer, Instant> keys = new ConcurrentHashMap<>();

	private final Map<Integer, Instant> operators = new ConcurrentHashMap<>();

	LastUse(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	void note(Caller caller) {
		switch (caller) {
			case TeamCaller team -> this.keys.put(team.key().value(), this.clock.instant());
			case Operator operator -> this.operators.put(operator.id(), this.clock.instant());
		}
	}

	@Scheduled(fixedRateString = "10s")
	@PreDestroy
	void write() {
		write(this.keys, "update api_key set last_used_at = :at where id = :id and %s");
		write(this.operators, "update operator set last_used_at = :at where id = :id and %s");
	}

	/**
	 * One small statement each, so that replicas can't wait for each other in a circle.
	 */
	private void write(Map<Integer, Instant> uses, String update) {
		String sql = update.formatted("(last_used_at is null or last_used_at < :at)");
		for (Integer id : List.copyOf(uses.keySet())) {
			Instant at = uses.remove(id);
			if (at != null) {
				this.jdbc.sql(sql).param("id", id).param("at", at.atOffset(ZoneOffset.UTC)).update();
			}
		}
	}

}
