package io.wangateway.archive;

import java.io.IOException;
import java.time.Clock;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.wangateway.generation.GenerationId;
import io.wangateway.team.Caller.TeamCaller;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Teams fetch their videos with their key here, and have them removed.
 */
@RestController
class ContentController {

	private final TeamVideos teamVideos;

	private final Videos videos;

	private final VideoServing serving;

	private final Removal removal;

	private final Clock clock;

	ContentController(TeamVideos teamVideos, Videos videos, VideoServing serving, Removal removal, Clock clock) {
		this.teamVideos = teamVideos;
		this.videos = videos;
		this.serving = serving;
		this.removal = removal;
		this.clock = clock;
	}

	@GetMapping("/v1/videos/generations/{id}/content")
	void content(TeamCaller caller, @PathVariable String id, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		TeamVideos.Found found = find(caller, id);
		Video video = this.videos.find(found.id().value())
			.orElseThrow(() -> new ApiException(ErrorCode.NOT_COMPLETED,
					"%s is %s, and only a completed task has a video".formatted(found.id(), found.status())));
		this.serving.send(video, request, response);
	}

	@DeleteMapping("/v1/videos/generations/{id}")
	Deleted delete(TeamCaller caller, @PathVariable String id) {
		TeamVideos.Found found = find(caller, id);
		if (!found.isEnded()) {
			throw new ApiException(ErrorCode.NOT_COMPLETED,
					"%s is %s; cancel it first".formatted(found.id(), found.status()));
		}
		if (this.videos.delete(found.id().value(), this.clock.instant())) {
			this.videos.find(found.id().value()).ifPresent(this.removal::tryNow);
		}
		return new Deleted(found.id(), true);
	}

	private TeamVideos.Found find(TeamCaller caller, String id) {
		return this.teamVideos.find(caller, id)
			.orElseThrow(() -> new ApiException(ErrorCode.TASK_NOT_FOUND, "There is no task " + id));
	}

	/**
	 * The answer to a deletion.
	 *
	 * @param id the task, which stays on record
	 * @param deleted always true
	 */
	@JsonPropertyOrder({ "id", "object", "deleted" })
	record Deleted(GenerationId id, boolean deleted) {

		public String getObject() {
			return "generation.task";
		}

	}

}
