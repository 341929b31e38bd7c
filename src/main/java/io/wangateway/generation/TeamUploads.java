package io.wangateway.generation;

import io.wangateway.team.Caller.TeamCaller;
import io.wangateway.upload.UploadedFile;
import io.wangateway.upload.Uploads;

import org.springframework.stereotype.Component;

/**
 * Recognises a team's own uploads; those of other teams are as unknown as missing ones.
 */
@Component
class TeamUploads {

	private final Uploads uploads;

	TeamUploads(Uploads uploads) {
		this.uploads = uploads;
	}

	/**
	 * Return what recognises a caller's uploads. Each that is recognised is kept for
	 * longer, as a task may wait for a day.
	 * @param caller the team
	 * @return it
	 */
	KnownUploads of(TeamCaller caller) {
		return (reference) -> this.uploads.named(reference)
			.map((id) -> this.uploads
				.use(caller.team(), caller.livemode(), id).<KnownUploads
						.Answer>map((upload) -> new KnownUploads.Known(kind(upload)))
				.orElseGet(KnownUploads.Missing::new))
			.orElseGet(KnownUploads.Foreign::new);
	}

	private static MediaKind kind(UploadedFile upload) {
		return switch (upload.kind()) {
			case IMAGE -> MediaKind.IMAGE;
			case VIDEO -> MediaKind.VIDEO;
		};
	}

}
