package io.wangateway.archive;

import java.io.IOException;
import java.time.Clock;

import io.wangateway.generation.GenerationId;
import io.wangateway.generation.VideoLinks;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves videos to whoever has a signed link.
 */
@RestController
class FilesController {

	private final VideoLinks links;

	private final Videos videos;

	private final VideoServing serving;

	private final Clock clock;

	FilesController(VideoLinks links, Videos videos, VideoServing serving, Clock clock) {
		this.links = links;
		this.videos = videos;
		this.serving = serving;
		this.clock = clock;
	}

	@GetMapping("/files/{id:video_[0-9A-Za-z]+}.mp4")
	void file(@PathVariable String id, @RequestParam long expires, @RequestParam String signature,
			HttpServletRequest request, HttpServletResponse response) throws IOException {
		if (!this.links.isGenuine(id + ".mp4", expires, signature)) {
			throw new ApiException(ErrorCode.PERMISSION_DENIED, "This link was not made here, or was changed");
		}
		if (expires <= this.clock.instant().getEpochSecond()) {
			throw new ApiException(ErrorCode.VIDEO_EXPIRED, "This link has expired; the task has a fresh one");
		}
		Video video = GenerationId.parse(id)
			.flatMap((generation) -> this.videos.find(generation.value()))
			.orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "There is no video " + id));
		this.serving.send(video, request, response);
	}

}
