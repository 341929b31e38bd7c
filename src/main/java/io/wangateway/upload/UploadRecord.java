package io.wangateway.upload;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import io.wangateway.store.Content;
import io.wangateway.team.Caller.TeamCaller;
import io.wangateway.team.TeamId;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The uploads on record. A file has its place on record before it is in the store, so
 * that none lies there of which nobody knows.
 */
@Component
class UploadRecord {

	private static final String SELECT = """
			select id, kind, mime_type, size, encode(sha256, 'hex') as sha256, created_at, expires_at
			  from upload
			""";

	private final JdbcClient jdbc;

	UploadRecord(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Give a file its place, or find the one it has: a team has each file once.
	 * @param caller whose it is
	 * @param kind what it is
	 * @param media what it is more exactly
	 * @param content what it is made of
	 * @param now the time
	 * @param expiresAt until when it is to be kept
	 * @return the upload
	 * @throws ApiException if the team has no room left
	 */
	@Transactional
	public UploadedFile reserve(TeamCaller caller, UploadKind kind, Media media, Content content, Instant now,
			Instant expiresAt) {
		this.jdbc.sql("select pg_advisory_xact_lock(hashtextextended('uploads of ' || :team, 0))")
			.param("team", caller.team().value())
			.query()
			.singleRow();
		return same(caller, content, expiresAt).orElseGet(() -> {
			checkRoom(caller.team(), content.size());
			return add(caller, kind, media, content, now, expiresAt);
		});
	}

	private Optional<UploadedFile> same(TeamCaller caller, Content content, Instant expiresAt) {
		return this.jdbc.sql("""
				update upload
				   set expires_at = greatest(expires_at, :expiresAt)
				 where team_id = :team and livemode = :livemode and sha256 = decode(:sha256, 'hex')
				   and gone_at is null
				returning id, kind, mime_type, size, encode(sha256, 'hex') as sha256, created_at, expires_at""")
			.param("expiresAt", time(expiresAt))
			.param("team", caller.team().value())
			.param("livemode", caller.livemode())
			.param("sha256", content.sha256())
			.query(UploadRecord::upload)
			.optional();
	}

	private void checkRoom(TeamId team, long size) {
		Room room = this.jdbc.sql("""
				select t.upload_quota_bytes as quota,
				       (select coalesce(sum(u.size), 0)::bigint
				          from upload u
				         where u.team_id = t.id and (u.stored or u.gone_at is null)) as used
				  from team t
				 where t.id = :team""").param("team", team.value()).query(Room.class).single();
		if (room.used() + size > room.quota()) {
			throw new ApiException(ErrorCode.INVALID_REQUEST,
					"No room: your team may keep %d bytes of uploads and keeps %d; this one has %d. Delete some first"
						.formatted(room.quota(), room.used(), size));
		}
	}

	private UploadedFile add(TeamCaller caller, UploadKind kind, Media media, Content content, Instant now,
			Instant expiresAt) {
		UploadId id = UploadId.next(now.toEpochMilli());
		this.jdbc.sql("""
				insert into upload (id, team_id, livemode, kind, mime_type, size, sha256, width, height, created_at,
				        expires_at)
				values (:id, :team, :livemode, :kind, :mimeType, :size, decode(:sha256, 'hex'), :width, :height,
				        :now, :expiresAt)""")
			.param("id", id.value())
			.param("team", caller.team().value())
			.param("livemode", caller.livemode())
			.param("kind", kind.code())
			.param("mimeType", media.mimeType())
			.param("size", content.size())
			.param("sha256", content.sha256())
			.param("width", media.width())
			.param("height", media.height())
			.param("now", time(now))
			.param("expiresAt", time(expiresAt))
			.update();
		return new UploadedFile(id, kind, media.mimeType(), content.size(), content.sha256(), now, expiresAt);
	}

	/** A file is in the store now. Tell whether anybody still wants it. */
	boolean stored(UploadId id) {
		return this.jdbc.sql("update upload set stored = true where id = :id and gone_at is null")
			.param("id", id.value())
			.update() > 0;
	}

	/**
	 * Find a file in the store.
	 * @param id the upload
	 * @return the upload, unless there is none, or not any more
	 */
	Optional<UploadedFile> find(UploadId id) {
		return this.jdbc.sql(SELECT + " where id = :id and stored and gone_at is null")
			.param("id", id.value())
			.query(UploadRecord::upload)
			.optional();
	}

	/**
	 * Find a file in the store that is a team's own.
	 * @param team the team
	 * @param livemode in which of its worlds
	 * @param id the upload
	 * @return the upload, unless the team has none of that name
	 */
	Optional<UploadedFile> find(TeamId team, boolean livemode, UploadId id) {
		return this.jdbc
			.sql(SELECT + " where id = :id and team_id = :team and livemode = :livemode and stored and gone_at is null")
			.param("id", id.value())
			.param("team", team.value())
			.param("livemode", livemode)
			.query(UploadRecord::upload)
			.optional();
	}

	/** Keep a file for longer. */
	void renew(UploadId id, Instant expiresAt) {
		this.jdbc.sql("update upload set expires_at = greatest(expires_at, :expiresAt) where id = :id")
			.param("expiresAt", time(expiresAt))
			.param("id", id.value())
			.update();
	}

	/** A file could not be put into the store; what may lie there is removed later. */
	void giveBack(UploadId id, Instant now) {
		this.jdbc.sql("update upload set gone_at = :now where id = :id and not stored and gone_at is null")
			.param("now", time(now))
			.param("id", id.value())
			.update();
	}

	/** A file is not wanted any more; what is left of it is removed afterwards. */
	void go(UploadId id, Instant now) {
		this.jdbc.sql("update upload set gone_at = :now where id = :id and gone_at is null")
			.param("now", time(now))
			.param("id", id.value())
			.update();
	}

	/**
	 * Let go what was kept long enough, and places that were never filled.
	 * @param now the time
	 * @param unfilledSince since when a place counts as never filled
	 */
	void expire(Instant now, Instant unfilledSince) {
		this.jdbc.sql("""
				update upload
				   set gone_at = :now
				 where gone_at is null and (expires_at < :now or (not stored and created_at < :unfilledSince))""")
			.param("now", time(now))
			.param("unfilledSince", time(unfilledSince))
			.update();
	}

	/** Return some of what is gone and still to be removed. */
	List<UploadedFile> toRemove(int limit) {
		return this.jdbc.sql(SELECT + " where gone_at is not null limit :limit")
			.param("limit", limit)
			.query(UploadRecord::upload)
			.list();
	}

	/** Nothing is left of a file. */
	void forget(UploadId id) {
		this.jdbc.sql("delete from upload where id = :id and gone_at is not null").param("id", id.value()).update();
	}

	private static UploadedFile upload(ResultSet row, int number) throws SQLException {
		return new UploadedFile(new UploadId(row.getObject("id", UUID.class)),
				UploadKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)), row.getString("mime_type"),
				row.getLong("size"), row.getString("sha256"), instant(row, "created_at"), instant(row, "expires_at"));
	}

	private static Instant instant(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

	private static OffsetDateTime time(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

	/**
	 * How much a team may keep, and keeps.
	 *
	 * @param quota in bytes
	 * @param used in bytes
	 */
	record Room(long quota, long used) {
	}

}
