package io.wangateway.sandbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The files that were brought to the temporary storage, without their bytes: nobody can
 * ever read them, and the simulator looks at no file. Their digests tell whether what
 * came is what was sent.
 */
class Uploads {

	private static final Duration LIFE = Duration.ofDays(2);

	private static final String SCHEME = "oss://";

	private final JdbcClient jdbc;

	private final Clock clock;

	Uploads(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Put a file on record.
	 * @param key its key
	 * @param model the model that alone may use it
	 * @param size its size in bytes
	 * @param sha256 the SHA-256 of its bytes, in lower-case hexadecimal digits
	 * @return whether the key was free
	 */
	boolean add(String key, String model, long size, String sha256) {
		Instant now = this.clock.instant();
		forget(now.minus(LIFE));
		return this.jdbc.sql("""
				insert into dashscope_simulator.upload (key, model, size_bytes, sha256, created_at)
				values (:key, :model, :size, :sha256, :now)
				    on conflict (key) do nothing""")
			.param("key", key)
			.param("model", model)
			.param("size", size)
			.param("sha256", sha256)
			.param("now", Tasks.utc(now))
			.update() > 0;
	}

	/**
	 * Refuse a file of the temporary storage that can't be used.
	 * @param file any file; one that lies elsewhere is let through
	 * @param model the model that is to use it
	 * @param resolved whether the request asks for such files to be resolved
	 * @throws Refusal if it does not, or if there is no such file for that model
	 */
	void require(Reference file, Model model, boolean resolved) {
		if (!file.url().startsWith(SCHEME)) {
			return;
		}
		boolean found = resolved && this.jdbc.sql("""
				select count(*)
				  from dashscope_simulator.upload
				 where key = :key and model = :model and created_at > :oldest""")
			.param("key", file.url().substring(SCHEME.length()))
			.param("model", model.id())
			.param("oldest", Tasks.utc(this.clock.instant().minus(LIFE)))
			.query(Integer.class)
			.single() > 0;
		if (!found) {
			throw DocumentedErrors.refusal("InvalidParameter.DataInspection");
		}
	}

	/** Return the newest files. */
	List<Brought> newest(int limit) {
		return this.jdbc.sql("""
				select key, model, size_bytes, sha256
				  from dashscope_simulator.upload
				 order by created_at desc
				 limit :limit""").param("limit", limit).query(Uploads::brought).list();
	}

	private static Brought brought(ResultSet row, int number) throws SQLException {
		return new Brought(row.getString("key"), row.getString("model"), row.getLong("size_bytes"),
				row.getString("sha256"));
	}

	/** Remove the older files. */
	void forget(Instant createdBefore) {
		this.jdbc.sql("delete from dashscope_simulator.upload where created_at < :createdBefore")
			.param("createdBefore", Tasks.utc(createdBefore))
			.update();
	}

	/**
	 * A file that was brought.
	 *
	 * @param key its key
	 * @param model the model that alone may use it
	 * @param sizeBytes its size
	 * @param sha256 the SHA-256 of its bytes, in lower-case hexadecimal digits
	 */
	record Brought(String key, String model, long sizeBytes, String sha256) {
	}

}
