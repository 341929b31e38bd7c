package io.wangateway.upload;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

import io.wangateway.store.Draft;
import io.wangateway.store.ServedFile;
import io.wangateway.store.Spool;
import io.wangateway.store.StoreException;
import io.wangateway.team.Caller.TeamCaller;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import io.wangateway.web.ErrorEnvelope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Teams bring images and videos here, look at them, and take them away again.
 */
@RestController
class UploadController {

	private static final Logger logger = LoggerFactory.getLogger(UploadController.class);

	private static final Duration RETRY = Duration.ofSeconds(30);

	private final UploadIntake intake;

	private final UploadRecord record;

	private final Uploads uploads;

	private final UploadLinks links;

	private final UploadSweep sweep;

	private final Spool spool;

	private final UploadSettings settings;

	private final Clock clock;

	UploadController(UploadIntake intake, UploadRecord record, Uploads uploads, UploadLinks links, UploadSweep sweep,
			Spool spool, UploadSettings settings, Clock clock) {
		this.intake = intake;
		this.record = record;
		this.uploads = uploads;
		this.links = links;
		this.sweep = sweep;
		this.spool = spool;
		this.settings = settings;
		this.clock = clock;
	}

	@PostMapping("/v1/uploads/images")
	ResponseEntity<?> image(TeamCaller caller, HttpServletRequest request) {
		return bring(caller, UploadKind.IMAGE, request);
	}

	@PostMapping("/v1/uploads/videos")
	ResponseEntity<?> video(TeamCaller caller, HttpServletRequest request) {
		return bring(caller, UploadKind.VIDEO, request);
	}

	private ResponseEntity<?> bring(TeamCaller caller, UploadKind kind, HttpServletRequest request) {
		if (caller.suspended()) {
			throw new ApiException(ErrorCode.TEAM_SUSPENDED,
					"This team is suspended: it can read what it has, and bring nothing");
		}
		try (Draft draft = this.spool.open(UploadSweep.draftName())) {
			try {
				UploadForm.read(request, kind, draft, this.settings.bodyTimeout());
				return ResponseEntity.ok(answer(this.intake.take(caller, kind, draft)));
			}
			finally {
				draft.discard();
			}
		}
		catch (StoreException ex) {
			logger.warn("An upload can't be kept: {}", ex.getMessage());
			throw new ApiException(ErrorCode.SERVICE_UNAVAILABLE, "The file can't be kept at present; try again later")
				.retryAfter(RETRY);
		}
		catch (ApiException ex) {
			if (ex.code().status() != HttpStatus.BAD_REQUEST) {
				throw ex;
			}
			return ResponseEntity.badRequest()
				.contentType(MediaType.APPLICATION_JSON)
				.body(new UploadAnswer.Refused(false, String.valueOf(ex.getMessage()),
						ErrorEnvelope.of(ex, request).error()));
		}
	}

	@GetMapping("/v1/uploads/{id}")
	UploadAnswer<UploadAnswer.Taken> get(TeamCaller caller, @PathVariable String id) {
		return answer(find(caller, id));
	}

	@GetMapping("/v1/uploads/{id}/content")
	void content(TeamCaller caller, @PathVariable String id, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		send(find(caller, id), request, response);
	}

	@DeleteMapping("/v1/uploads/{id}")
	UploadAnswer<UploadAnswer.Deleted> delete(TeamCaller caller, @PathVariable String id) {
		UploadedFile upload = find(caller, id);
		this.record.go(upload.id(), this.clock.instant());
		this.sweep.tryNow(upload);
		return new UploadAnswer<>(new UploadAnswer.Deleted(upload.id(), true));
	}

	@GetMapping("/files/{name:upload_[0-9A-Za-z]+\\.[0-9a-z]+}")
	void file(@PathVariable String name, @RequestParam String signature, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		if (!this.links.isGenuine(name, signature)) {
			throw new ApiException(ErrorCode.PERMISSION_DENIED, "This link was not made here, or was changed");
		}
		UploadedFile upload = UploadId.parse(name.substring(0, name.indexOf('.')))
			.flatMap(this.record::find)
			.orElseThrow(() -> notFound(name));
		send(upload, request, response);
	}

	private void send(UploadedFile upload, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		new ServedFile(upload.fileName(), upload.mimeType(), upload.size(), '"' + upload.sha256() + '"',
				upload.createdAt())
			.send(request, response, (range) -> this.uploads.open(upload, range));
	}

	private UploadedFile find(TeamCaller caller, String id) {
		return UploadId.parse(id)
			.flatMap((upload) -> this.record.find(caller.team(), caller.livemode(), upload))
			.orElseThrow(() -> notFound(id));
	}

	private static ApiException notFound(String id) {
		return new ApiException(ErrorCode.UPLOAD_NOT_FOUND, "There is no upload " + id);
	}

	private UploadAnswer<UploadAnswer.Taken> answer(UploadedFile upload) {
		return new UploadAnswer<>(new UploadAnswer.Taken(upload.id(), this.links.to(upload), upload.mimeType(),
				upload.size(), upload.sha256(), upload.expiresAt()));
	}

}
