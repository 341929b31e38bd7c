package io.wangateway.archive;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;

import io.wangateway.generation.GenerationId;
import io.wangateway.generation.VideoLinks;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves videos to whoever has a signed link.
 */
@RestController
class FilesController {

	private static final String ENDING = ".mp4";

	private final VideoLinks links;

	private final UpstreamVideos videos;

	private final Clock clock;

	FilesController(VideoLinks links, UpstreamVideos videos, Clock clock) {
		this.links = links;
		this.videos = videos;
		this.clock = clock;
	}

	@GetMapping("/files/{name}")
	void file(@PathVariable String name, @RequestParam long expires, @RequestParam String signature,
			@RequestHeader(name = HttpHeaders.RANGE, required = false) @Nullable String range,
			HttpServletResponse response) throws IOException, InterruptedException {
		if (!this.links.isGenuine(name, expires, signature)) {
			throw new ApiException(ErrorCode.PERMISSION_DENIED, "This link was not made here, or was changed");
		}
		if (expires <= this.clock.instant().getEpochSecond()) {
			throw new ApiException(ErrorCode.VIDEO_EXPIRED, "This link has expired; the task has a fresh one");
		}
		GenerationId id = GenerationId.parse(name.substring(0, name.length() - ENDING.length())).orElseThrow();
		URI link = this.videos.linkTo(id.value())
			.orElseThrow(() -> new ApiException(ErrorCode.RESULT_LOST, "The video is not there any more"));
		send(name, this.videos.open(link, range), response);
	}

	private static void send(String name, HttpResponse<InputStream> video, HttpServletResponse response)
			throws IOException {
		try (InputStream body = video.body()) {
			HttpStatus status = HttpStatus.resolve(video.statusCode());
			if (status != HttpStatus.OK && status != HttpStatus.PARTIAL_CONTENT
					&& status != HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE) {
				throw new ApiException(ErrorCode.RESULT_LOST, "The video is not there any more");
			}
			response.setStatus(video.statusCode());
			response.setContentType("video/mp4");
			response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
			response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"" + name + "\"");
			response.setHeader("Content-Security-Policy", "sandbox");
			response.setHeader("X-Content-Type-Options", "nosniff");
			for (String header : new String[] { HttpHeaders.CONTENT_LENGTH, HttpHeaders.CONTENT_RANGE }) {
				video.headers().firstValue(header).ifPresent((value) -> response.setHeader(header, value));
			}
			body.transferTo(response.getOutputStream());
		}
	}

}
