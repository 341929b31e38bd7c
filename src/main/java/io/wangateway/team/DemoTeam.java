package io.wangateway.team;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.StringUtils;

/**
 * Makes a team {@code demo} with a sandbox key in {@code sandbox.key}, so that the first
 * request can be pasted from the README. A lost file is replaced, and the key that was in
 * it revoked.
 */
@Component
class DemoTeam implements ApplicationRunner {

	private static final String NAME = "demo";

	private static final Logger logger = LoggerFactory.getLogger(DemoTeam.class);

	private final JdbcClient jdbc;

	private final ApiKeys keys;

	private final Audit audit;

	private final TeamSettings settings;

	private final Environment environment;

	private final Clock clock;

	DemoTeam(JdbcClient jdbc, ApiKeys keys, Audit audit, TeamSettings settings, Environment environment, Clock clock) {
		this.jdbc = jdbc;
		this.keys = keys;
		this.audit = audit;
		this.settings = settings;
		this.environment = environment;
		this.clock = clock;
	}

	@Override
	@Transactional
	public void run(ApplicationArguments arguments) {
		if (isWanted()) {
			Instant now = this.clock.instant();
			TeamId team = lockTeam(now.atOffset(ZoneOffset.UTC));
			KeyFile file = new KeyFile(this.settings.dataDir().resolve("sandbox.key"));
			if (file.read().filter((secret) -> isGood(team, secret)).isEmpty()) {
				revoke(team, now.atOffset(ZoneOffset.UTC));
				file.write(makeKey(team, now));
				logger.info("Made a sandbox key of team {}; it is in {}", NAME, file.path());
			}
		}
	}

	private boolean isWanted() {
		Boolean demo = this.settings.demo();
		return (demo != null) ? demo : !StringUtils.hasText(this.environment.getProperty("spring.datasource.url"));
	}

	/** Replicas that start together wait here for each other. */
	private TeamId lockTeam(OffsetDateTime now) {
		int id = this.jdbc.sql("""
				insert into team (name, created_at) values (:name, :now)
				    on conflict (lower(name)) do update set name = team.name
				returning id
				""").param("name", NAME).param("now", now).query(Integer.class).single();
		return new TeamId(id);
	}

	private boolean isGood(TeamId team, KeySecret secret) {
		return this.jdbc.sql("""
				select exists (select from api_key
				                where team_id = :team and hash = :hash and not livemode and revoked_at is null)
				""").param("team", team.value()).param("hash", secret.hash()).query(Boolean.class).single();
	}

	private void revoke(TeamId team, OffsetDateTime now) {
		this.jdbc.sql("""
				update api_key set revoked_at = :now
				 where team_id = :team and name = :name and not livemode and revoked_at is null
				""").param("team", team.value()).param("name", NAME).param("now", now).update();
	}

	private KeySecret makeKey(TeamId team, Instant now) {
		KeySecret secret = KeySecret.make(KeySecret.Kind.SANDBOX);
		KeyView created = this.keys.saveAndFlush(new ApiKey(team, false, KeySpec.named(NAME), secret, now)).view();
		this.audit.recordOwn("key.create", created.id().toString(), created);
		return secret;
	}

}
