package io.wangateway.team;

import java.time.Clock;
import java.time.ZoneOffset;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sees to it that there is an admin from the start: the one whose key is in the settings,
 * or, where there is none at all, one whose key is written to {@code admin.key}.
 */
@Component
class FirstAdmin implements ApplicationRunner {

	/** Reserved, so that no other operator can be in its way. */
	static final String NAME = "bootstrap";

	private static final Logger logger = LoggerFactory.getLogger(FirstAdmin.class);

	private final JdbcClient jdbc;

	private final Audit audit;

	private final TeamSettings settings;

	private final Clock clock;

	FirstAdmin(JdbcClient jdbc, Audit audit, TeamSettings settings, Clock clock) {
		this.jdbc = jdbc;
		this.audit = audit;
		this.settings = settings;
		this.clock = clock;
	}

	@Override
	@Transactional
	public void run(ApplicationArguments arguments) {
		String adminKey = this.settings.adminKey();
		if (adminKey != null) {
			save(new KeySecret(adminKey), "operator.hash <> excluded.hash or operator.deleted_at is not null");
		}
		else if (!adminExists()) {
			makeKey();
		}
	}

	/**
	 * Replicas that start together wait here for each other's row; the first makes the
	 * key. The file is written before the commit, so that no admin exists whose key
	 * nobody has.
	 */
	private void makeKey() {
		KeySecret secret = KeySecret.make(KeySecret.Kind.OPERATOR);
		if (save(secret, "operator.deleted_at is not null")) {
			KeyFile file = new KeyFile(this.settings.dataDir().resolve("admin.key"));
			file.write(secret);
			logger.info("Made the first admin; the key is in {}", file.path());
		}
	}

	private boolean adminExists() {
		return this.jdbc.sql("select exists (select from operator where role = 'admin' and deleted_at is null)")
			.query(Boolean.class)
			.single();
	}

	private boolean save(KeySecret secret, String replaceIf) {
		boolean saved = this.jdbc.sql("""
				insert into operator (name, role, hash, redacted, bootstrap, created_at)
				values (:name, 'admin', :hash, :redacted, true, :now)
				    on conflict (bootstrap) where bootstrap
				    do update set hash = excluded.hash, redacted = excluded.redacted, deleted_at = null
				 where %s
				""".formatted(replaceIf))
			.param("name", NAME)
			.param("hash", secret.hash())
			.param("redacted", secret.redacted())
			.param("now", this.clock.instant().atOffset(ZoneOffset.UTC))
			.update() > 0;
		if (saved) {
			this.audit.recordOwn("operator.bootstrap", NAME, null);
		}
		return saved;
	}

}
