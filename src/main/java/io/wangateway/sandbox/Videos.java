package io.wangateway.sandbox;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.UriComponentsBuilder;

/** The storage that videos lie in for a day, each behind a signed link. */
class Videos {

	static final String PATH = "/videos/{name}";

	private static final Duration LIFE = Duration.ofHours(24);

	/**
	 * The real service signs a link a few seconds before it says that the task has ended.
	 */
	private static final Duration SIGNED_BEFORE_END = Duration.ofSeconds(3);

	private static final MediaType MP4 = new MediaType("video", "mp4");

	private static final String SUFFIX = ".mp4";

	private final Tasks tasks;

	private final Faults faults;

	private final Signer signer;

	private final Clock clock;

	Videos(Tasks tasks, Faults faults, Signer signer, Clock clock) {
		this.tasks = tasks;
		this.faults = faults;
		this.signer = signer;
		this.clock = clock;
	}

	/**
	 * Return the link to a video.
	 * @param task the task that made it
	 * @param request the request that asks; the link goes to the same host and port
	 * @return the link, the same for each request
	 */
	URI link(Task task, ServerRequest request) {
		String name = task.id() + SUFFIX;
		long expires = task.endsAt().plus(LIFE).minus(SIGNED_BEFORE_END).getEpochSecond();
		return UriComponentsBuilder.fromUri(request.uri())
			.replacePath(PATH)
			.replaceQuery(null)
			.queryParam("Expires", expires)
			.queryParam("OSSAccessKeyId", "LTAI-simulator")
			.queryParam("Signature", this.signer.sign(name + expires))
			.build(name);
	}

	/**
	 * Serve a video, or a range of it, or only its headers.
	 * @param request a request to a link
	 * @return the video
	 * @throws StorageRefusal if the link does not hold, or not any longer
	 */
	ServerResponse serve(ServerRequest request) {
		String name = request.pathVariable("name");
		String expires = request.param("Expires").orElse("");
		if (!this.signer.isSignature(request.param("Signature").orElse(""), name + expires)) {
			throw new StorageRefusal(403, "SignatureDoesNotMatch",
					"The request signature we calculated does not match the signature you provided.");
		}
		Instant now = this.clock.instant();
		if (now.getEpochSecond() > Long.parseLong(expires)) {
			throw new StorageRefusal(403, "AccessDenied", "Request has expired.");
		}
		Task task = this.tasks.find(UUID.fromString(name.replace(SUFFIX, "")), now)
			.orElseThrow(() -> new StorageRefusal(404, "NoSuchKey", "The specified key does not exist."));
		Task.Video video = task.video();
		Mp4Video file = new Mp4Video(video.width(), video.height(), video.seconds(), video.sound());
		return this.faults.answer(Route.VIDEO, "video " + task.id(), task.directives(),
				() -> new Answer(200, MP4, file.toBytes()), () -> serve(task, file, request));
	}

	private static ServerResponse serve(Task task, Mp4Video file, ServerRequest request) {
		ServerResponse.BodyBuilder response = ServerResponse.ok()
			.contentType(MP4)
			.eTag(task.id().toString())
			.lastModified(task.endsAt());
		return request.method().equals(HttpMethod.HEAD)
				? response.header(HttpHeaders.ACCEPT_RANGES, "bytes").contentLength(file.contentLength()).build()
				: response.body(file);
	}

}
