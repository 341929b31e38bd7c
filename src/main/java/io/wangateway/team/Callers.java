package io.wangateway.team;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.wangateway.team.Caller.Operator;
import io.wangateway.team.Caller.TeamCaller;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Finds out whose a key is. What was found, also that nothing was, is believed for at
 * most {@value #STALE_SECONDS} seconds, and asked for again in the background while it is
 * in use, so that a busy key never waits for the database.
 */
@Component
class Callers {

	/** A second less than promised, for the look-up itself. */
	private static final int STALE_SECONDS = 4;

	private static final Duration REFRESH = Duration.ofSeconds(2);

	private static final int MAX_KEYS = 10_000;

	private final JdbcClient jdbc;

	private final Clock clock;

	/**
	 * Asynchronous, so that all who wait for a look-up share its outcome: a database that
	 * is away is waited for once, not by one after the other.
	 */
	private final AsyncLoadingCache<String, Optional<KnownKey>> known;

	@Autowired
	Callers(JdbcClient jdbc, Clock clock) {
		this(jdbc, clock, Ticker.systemTicker(), Executors.newVirtualThreadPerTaskExecutor());
	}

	Callers(JdbcClient jdbc, Clock clock, Ticker ticker, Executor refreshing) {
		this.jdbc = jdbc;
		this.clock = clock;
		this.known = Caffeine.newBuilder()
			.maximumSize(MAX_KEYS)
			.expireAfterWrite(Duration.ofSeconds(STALE_SECONDS))
			.refreshAfterWrite(REFRESH)
			.ticker(ticker)
			.executor(refreshing)
			.buildAsync((hash) -> load(HexFormat.of().parseHex(hash)));
	}

	/**
	 * Find out whose a key is.
	 * @param secret the key as it was sent
	 * @return what it stands for, empty where it is unknown, revoked or has expired
	 */
	Optional<KnownKey> find(KeySecret secret) {
		if (secret.isMistyped()) {
			return Optional.empty();
		}
		return look(HexFormat.of().formatHex(secret.hash())).filter((key) -> key.isValid(this.clock.instant()));
	}

	private Optional<KnownKey> look(String hash) {
		try {
			return this.known.get(hash).join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException failure) ? failure : ex;
		}
	}

	/** Forget everything, so that this replica knows of a change at once. */
	@TransactionalEventListener(CallersChanged.class)
	void forget() {
		this.known.synchronous().invalidateAll();
	}

	private Optional<KnownKey> load(byte[] hash) {
		return this.jdbc.sql("""
				select k.id, k.team_id, t.name, k.livemode, t.suspended, k.models, k.queries_per_minute,
				       case when k.hash = :hash then k.expires_at
				            else least(k.expires_at, k.previous_valid_until) end as valid_until
				  from api_key k join team t on t.id = k.team_id
				 where (k.hash = :hash or k.previous_hash = :hash)
				   and k.revoked_at is null
				""").param("hash", hash).query((row, _) -> teamKey(row)).optional().or(() -> loadOperator(hash));
	}

	private Optional<KnownKey> loadOperator(byte[] hash) {
		return this.jdbc.sql("select id, name, role from operator where hash = :hash and deleted_at is null")
			.param("hash", hash)
			.query((row, _) -> new KnownKey(
					new Operator(row.getInt("id"), row.getString("name"), Role.of(row.getString("role"))), null, 0))
			.optional();
	}

	private static KnownKey teamKey(ResultSet row) throws SQLException {
		TeamCaller caller = new TeamCaller(new TeamId(row.getInt("team_id")), row.getString("name"),
				new KeyId(row.getInt("id")), row.getBoolean("livemode"), row.getBoolean("suspended"),
				Set.of((String[]) row.getArray("models").getArray()));
		return new KnownKey(caller, instant(row.getTimestamp("valid_until")), row.getInt("queries_per_minute"));
	}

	private static @Nullable Instant instant(@Nullable Timestamp time) {
		return (time != null) ? time.toInstant() : null;
	}

}
