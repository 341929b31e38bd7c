package io.wangateway.admission;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.wangateway.generation.GenerationRequest;
import io.wangateway.generation.Media;
import io.wangateway.team.TeamId;
import io.wangateway.upload.UploadedFile;
import io.wangateway.upload.UploadId;
import io.wangateway.upload.Uploads;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Knows where upstream can read the media of a generation: URLs as they are, uploads by a
 * link to the store or, where that can't be reached from outside, in DashScope's
 * temporary storage.
 */
@Component
class MediaAddresses {

	/** Upstream may let a task wait, and gives it up after three hours. */
	private static final Duration LEAST_LIFE = Duration.ofHours(4);

	private final JdbcClient jdbc;

	private final Uploads uploads;

	private final Clock clock;

	MediaAddresses(JdbcClient jdbc, Uploads uploads, Clock clock) {
		this.jdbc = jdbc;
		this.uploads = uploads;
		this.clock = clock;
	}

	/**
	 * Return where upstream finds the media of a generation. No network is involved.
	 * @param generation the generation
	 * @param request what was asked for
	 * @return the addresses, or what stands in the way
	 */
	Answer of(UUID generation, GenerationRequest request) {
		List<String> urls = new ArrayList<>();
		List<UploadedFile> away = new ArrayList<>();
		for (Media media : request.media()) {
			Optional<UploadId> named = this.uploads.named(media.url());
			if (named.isEmpty()) {
				urls.add(media.url());
				continue;
			}
			Optional<UploadedFile> upload = find(generation, named.get());
			if (upload.isEmpty()) {
				return new Gone(media.url());
			}
			address(upload.get(), request.spec().upstreamModel()).ifPresentOrElse(urls::add,
					() -> away.add(upload.get()));
		}
		return away.isEmpty() ? new Ready(urls) : new Away(away);
	}

	private Optional<UploadedFile> find(UUID generation, UploadId upload) {
		Owner owner = this.jdbc.sql("select team_id, livemode from generation where id = :id")
			.param("id", generation)
			.query(Owner.class)
			.single();
		return this.uploads.find(new TeamId(owner.teamId()), owner.livemode(), upload);
	}

	private Optional<String> address(UploadedFile upload, String model) {
		return this.uploads.link(upload, LEAST_LIFE).map(Object::toString).or(() -> copyOf(upload, model));
	}

	/**
	 * Return the address of an upload in temporary storage.
	 * @param upload the upload
	 * @param model the upstream model that can read it there
	 * @return the address, unless it isn't there or won't be for long
	 */
	Optional<String> copyOf(UploadedFile upload, String model) {
		return this.jdbc.sql("""
				select address
				  from temporary_copy
				 where upload_id = :upload and upstream_model = :model and expires_at > :needed""")
			.param("upload", upload.id().value())
			.param("model", model)
			.param("needed", this.clock.instant().plus(LEAST_LIFE).atOffset(ZoneOffset.UTC))
			.query(String.class)
			.optional();
	}

	/** An upload is in temporary storage now. */
	void copied(UploadedFile upload, String model, String address, Instant expiresAt) {
		this.jdbc.sql("""
				insert into temporary_copy (upload_id, upstream_model, address, expires_at)
				select id, :model, :address, :expiresAt from upload where id = :upload
				on conflict (upload_id, upstream_model) do update
				   set address = excluded.address, expires_at = excluded.expires_at""")
			.param("upload", upload.id().value())
			.param("model", model)
			.param("address", address)
			.param("expiresAt", expiresAt.atOffset(ZoneOffset.UTC))
			.update();
	}

	/** Where media are. */
	sealed interface Answer {

	}

	/**
	 * All are where upstream can read them.
	 *
	 * @param urls their addresses, in their order; those that begin with {@code oss://}
	 * must not be shown
	 */
	record Ready(List<String> urls) implements Answer {

		/** The addresses do not belong in a log. */
		@Override
		public String toString() {
			return "Ready[" + this.urls.size() + "]";
		}

	}

	/**
	 * Some must be brought to upstream first.
	 *
	 * @param uploads those
	 */
	record Away(List<UploadedFile> uploads) implements Answer {
	}

	/**
	 * One is not there any more.
	 *
	 * @param reference what the caller called it
	 */
	record Gone(String reference) implements Answer {
	}

	/**
	 * Whose a generation is.
	 *
	 * @param teamId the team
	 * @param livemode in which of its worlds
	 */
	record Owner(int teamId, boolean livemode) {
	}

}
