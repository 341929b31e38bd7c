package io.wangateway.archive;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.wangateway.alert.Alerts;
import io.wangateway.generation.GenerationId;
import io.wangateway.store.Content;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The finished videos on record.
 */
@Component
class Videos {

	private static final String SELECT = """
			select v.generation_id, g.livemode, v.state, v.ended_at, g.video_url, g.upstream_task_id, g.video_size,
			       encode(g.video_sha256, 'hex') as video_sha256
			  from archived_video v
			  join generation g on g.id = v.generation_id
			""";

	private final JdbcClient jdbc;

	private final Alerts alerts;

	Videos(JdbcClient jdbc, Alerts alerts) {
		this.jdbc = jdbc;
		this.alerts = alerts;
	}

	/**
	 * Put a video on record that upstream has.
	 * @param generation what made it
	 * @param team whose it is
	 * @param endedAt when
	 */
	void add(UUID generation, int team, Instant endedAt) {
		this.jdbc.sql("""
				insert into archived_video (generation_id, team_id, state, ended_at)
				values (:generation, :team, 'PENDING', :endedAt)""")
			.param("generation", generation)
			.param("team", team)
			.param("endedAt", time(endedAt))
			.update();
	}

	Optional<Video> find(UUID generation) {
		return this.jdbc.sql(SELECT + " where v.generation_id = :id")
			.param("id", generation)
			.query(Videos::video)
			.optional();
	}

	/**
	 * Return the videos that are gone and whose files are still to be removed.
	 * @param limit how many at most
	 * @return some of them
	 */
	List<Video> toRemove(int limit) {
		return this.jdbc.sql(SELECT + " where v.gone_at is not null and not v.removed limit :limit")
			.param("limit", limit)
			.query(Videos::video)
			.list();
	}

	/**
	 * A video was copied.
	 * @param generation what made it
	 * @param content what the copy is made of
	 * @return whether anybody still wants it
	 */
	@Transactional
	boolean kept(UUID generation, Content content) {
		boolean wanted = move(generation, VideoState.PENDING, VideoState.KEPT, null);
		if (wanted) {
			this.jdbc.sql("""
					update generation set video_size = :size, video_sha256 = decode(:sha256, 'hex') where id = :id""")
				.param("size", content.size())
				.param("sha256", content.sha256())
				.param("id", generation)
				.update();
		}
		return wanted;
	}

	/**
	 * Upstream has given another link to a video.
	 * @param generation what made it
	 * @param link the link
	 */
	void relink(UUID generation, URI link) {
		this.jdbc.sql("update generation set video_url = :link where id = :id and video_url is not null")
			.param("link", link.toString())
			.param("id", generation)
			.update();
	}

	/**
	 * A video was lost before it could be copied.
	 * @param video the video
	 * @param why a sentence for ops
	 * @param at the time
	 */
	@Transactional
	void lost(Video video, String why, Instant at) {
		if (move(video.id().value(), VideoState.PENDING, VideoState.LOST, at)) {
			this.alerts.raise("video_lost", video.id().toString(), why);
		}
	}

	/** A video is not wanted any more. Tell whether it was to be had. */
	boolean delete(UUID generation, Instant at) {
		return move(generation, VideoState.PENDING, VideoState.DELETED, at)
				|| move(generation, VideoState.KEPT, VideoState.DELETED, at);
	}

	/**
	 * Let go the videos whose teams keep them no longer.
	 * @param now the present time
	 * @return how many
	 */
	int expire(Instant now) {
		return this.jdbc.sql("""
				update archived_video v
				   set state = 'EXPIRED', gone_at = :now
				  from team t
				 where t.id = v.team_id
				   and v.state = 'KEPT'
				   and v.ended_at < :now::timestamptz - t.retention_days * interval '1 day'""")
			.param("now", time(now))
			.update();
	}

	/** The file of a video that is gone was removed. */
	void removed(UUID generation) {
		this.jdbc.sql("update archived_video set removed = true where generation_id = :id and gone_at is not null")
			.param("id", generation)
			.update();
	}

	/**
	 * Count the videos that have waited long for their copy.
	 * @param since for how long
	 * @return the number of videos that have waited since then
	 */
	int waitingSince(Instant since) {
		return this.jdbc.sql("select count(*) from archived_video where state = 'PENDING' and ended_at < :since")
			.param("since", time(since))
			.query(Integer.class)
			.single();
	}

	private boolean move(UUID generation, VideoState from, VideoState to, @Nullable Instant goneAt) {
		return this.jdbc.sql("""
				update archived_video
				   set state = :to, gone_at = :goneAt
				 where generation_id = :id and state = :from""")
			.params(Map.of("id", generation, "from", from.name(), "to", to.name()))
			.param("goneAt", (goneAt != null) ? time(goneAt) : null)
			.update() > 0;
	}

	private static Video video(ResultSet row, int number) throws SQLException {
		long size = row.getLong("video_size");
		return new Video(new GenerationId(row.getObject("generation_id", UUID.class)), row.getBoolean("livemode"),
				VideoState.valueOf(row.getString("state")), row.getObject("ended_at", OffsetDateTime.class).toInstant(),
				URI.create(row.getString("video_url")), row.getString("upstream_task_id"),
				(size > 0) ? new Content(size, row.getString("video_sha256")) : null);
	}

	private static OffsetDateTime time(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

}
