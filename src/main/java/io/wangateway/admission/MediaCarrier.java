package io.wangateway.admission;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

import io.wangateway.dashscope.DashScopeClient;
import io.wangateway.dashscope.NoAnswer;
import io.wangateway.dashscope.Upload;
import io.wangateway.dashscope.UploadPolicy;
import io.wangateway.upload.UploadedFile;
import io.wangateway.upload.Uploads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Brings uploads to DashScope's temporary storage while their generation waits in the
 * queue: once for all that use the same upload with the same model. If this process dies
 * over it, the lease brings the generation up again.
 */
@Component
class MediaCarrier implements DisposableBean {

	/** Longer than bringing the largest file may take. */
	static final Duration LEASE = Duration.ofMinutes(6);

	private static final Logger logger = LoggerFactory.getLogger(MediaCarrier.class);

	private static final Duration RETRY = Duration.ofSeconds(10);

	private static final int AT_ONCE = 4;

	private final Uploads uploads;

	private final MediaAddresses addresses;

	private final Upstreams upstreams;

	private final SubmissionResults results;

	private final Map<String, CompletableFuture<Outcome>> underWay = new ConcurrentHashMap<>();

	private final Semaphore room = new Semaphore(AT_ONCE);

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	MediaCarrier(Uploads uploads, MediaAddresses addresses, Upstreams upstreams, SubmissionResults results) {
		this.uploads = uploads;
		this.addresses = addresses;
		this.upstreams = upstreams;
		this.results = results;
	}

	@EventListener(ApplicationReadyEvent.class)
	void warnOfTemporaryStorage() {
		if (this.upstreams.isConfigured(true) && !this.uploads.hasLinks()) {
			logger.warn("Uploads go to Alibaba through DashScope's temporary storage, which Alibaba does not recommend "
					+ "for production; an S3 store that Alibaba can reach makes it unnecessary");
		}
	}

	/**
	 * Bring the media of a generation to upstream, and let it go on then. Returns at
	 * once.
	 * @param claim the generation, back in the queue
	 * @param model the upstream model that is to read them
	 * @param files what to bring
	 */
	void carry(Claim claim, String model, List<UploadedFile> files) {
		DashScopeClient client = this.upstreams.of(claim.livemode());
		this.threads.execute(() -> {
			Outcome outcome = Outcome.THERE;
			for (UploadedFile file : files) {
				outcome = outcome.and(once(client, model, file).join());
			}
			goOn(claim.generation(), outcome);
		});
	}

	private void goOn(UUID generation, Outcome outcome) {
		switch (outcome) {
			case THERE -> this.results.goOn(generation, Duration.ZERO);
			case LATER -> this.results.goOn(generation, RETRY);
			case NEVER -> this.results.mediaUnusable(generation);
		}
	}

	private CompletableFuture<Outcome> once(DashScopeClient client, String model, UploadedFile file) {
		String key = file.id() + " " + model;
		return this.underWay
			.computeIfAbsent(key, (_) -> CompletableFuture.supplyAsync(() -> bring(client, model, file), this.threads))
			.whenComplete((_, _) -> this.underWay.remove(key));
	}

	private Outcome bring(DashScopeClient client, String model, UploadedFile file) {
		this.room.acquireUninterruptibly();
		try {
			if (this.addresses.copyOf(file, model).isPresent()) {
				return Outcome.THERE;
			}
			return switch (client.uploadPolicy(model)) {
				case UploadPolicy policy -> bring(client, policy, model, file);
				case NoAnswer(var _, var error) -> later(file, "no leave: " + error);
			};
		}
		catch (IOException | RuntimeException ex) {
			return later(file, ex.toString());
		}
		finally {
			this.room.release();
		}
	}

	private Outcome bring(DashScopeClient client, UploadPolicy policy, String model, UploadedFile file)
			throws IOException {
		Optional<InputStream> opened = this.uploads.open(file);
		if (opened.isEmpty() || file.size() > policy.maxBytes()) {
			return Outcome.NEVER;
		}
		try (InputStream content = opened.get()) {
			return switch (client.upload(policy, UUID.randomUUID() + "-" + file.fileName(), file.mimeType(),
					file.size(), content)) {
				case Upload.Stored(String url, var expiresAt) -> {
					this.addresses.copied(file, model, url, expiresAt);
					yield Outcome.THERE;
				}
				case Upload.Refused(var error) -> later(file, "refused: " + error);
				case NoAnswer(var _, var error) -> later(file, "no answer: " + error);
			};
		}
	}

	private static Outcome later(UploadedFile file, String why) {
		logger.warn("{} could not be brought to upstream, trying again in {} s: {}", file.id(), RETRY.toSeconds(), why);
		return Outcome.LATER;
	}

	@Override
	public void destroy() {
		this.threads.shutdownNow();
	}

	/** What came of bringing media. */
	private enum Outcome {

		/** Upstream can read them now. */
		THERE,

		/** Another try may succeed. */
		LATER,

		/** They are lost, or larger than upstream takes. */
		NEVER;

		Outcome and(Outcome other) {
			return (compareTo(other) > 0) ? this : other;
		}

	}

}
