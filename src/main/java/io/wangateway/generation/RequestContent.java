package io.wangateway.generation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.wangateway.catalogue.GenerationSpec;
import io.wangateway.catalogue.ModeSpec;
import io.wangateway.catalogue.Resolution;
import io.wangateway.catalogue.Route;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import io.wangateway.web.Violation;
import org.jspecify.annotations.Nullable;

/**
 * What a request says beside the model: each field read once, as far as it is there and
 * right.
 */
final class RequestContent {

	private static final Pattern BUSINESS_ID = Pattern.compile("(?!video_)[A-Za-z0-9._:-]{1,128}");

	private static final Pattern TRACE_ID = Pattern.compile("(?s).{1,128}");

	/** What a caller may take for extended parameters. */
	private static final List<String> NOT_IN_METADATA = List.of("model", "image_urls", "prompt", "resolution",
			"duration", "audio", "watermark", "labels", "client_business_id", "callback_url", "trace_id");

	private final FieldReader fields;

	private final Limits limits;

	private final List<Media> images;

	private final List<Media> references;

	private final @Nullable String prompt;

	private final @Nullable Resolution resolution;

	private final @Nullable Integer seconds;

	private final @Nullable Boolean audio;

	private final @Nullable Boolean watermark;

	private final Options options;

	private final Map<String, String> labels;

	private final @Nullable String clientBusinessId;

	private final @Nullable String traceId;

	RequestContent(FieldReader fields, FieldReader metadata, Limits limits, KnownUploads uploads) {
		this.fields = fields;
		this.limits = limits;
		this.images = images(uploads);
		this.references = references(metadata, uploads);
		this.prompt = prompt();
		this.resolution = resolution();
		this.seconds = seconds();
		this.audio = audio();
		this.watermark = fields.bool("watermark");
		this.options = new OptionsReader(fields, metadata, limits).read();
		this.labels = LabelReader.read(fields);
		this.clientBusinessId = fields.string("client_business_id", BUSINESS_ID,
				"1 to 128 of the characters A-Z a-z 0-9 . _ : - and must not begin with video_");
		this.traceId = fields.string("trace_id", TRACE_ID, "a string of 1 to 128 characters");
		refuseCallback();
		fields.misplaced("reference_urls", "metadata.reference_urls");
		NOT_IN_METADATA.forEach((name) -> metadata.misplaced(name, name));
	}

	/**
	 * Return the request, with defaults for what it does not say.
	 * @param model the public name of the model
	 * @param to where the request leads
	 * @return the request
	 * @throws ApiException if anything was wrong
	 */
	GenerationRequest request(String model, Route.To to) {
		this.fields.end();
		ModeSpec.Defaults defaults = to.spec().defaults();
		Options options = this.options.orShape(defaults.aspectRatio());
		GenerationSpec spec = new GenerationSpec(model, to.mode(), to.spec().upstream(),
				Objects.requireNonNullElse(this.resolution, defaults.resolution()),
				Objects.requireNonNullElse(this.seconds, defaults.duration()),
				Objects.requireNonNullElse(this.audio, defaults.audio()), mostInputSeconds(to.spec()));
		return new GenerationRequest(spec, promptOrFallback(to.spec().prompt()),
				this.images.isEmpty() ? this.references : this.images,
				Objects.requireNonNullElse(this.watermark, defaults.watermark()),
				to.spec().size(spec.resolution(), options.aspectRatio()), options, this.labels, this.clientBusinessId,
				this.traceId);
	}

	private BigDecimal mostInputSeconds(ModeSpec mode) {
		int possibleVideos = (int) this.references.stream().filter((media) -> media.kind().mayBeVideo()).count();
		return mode.references().mostSeconds(this.references.size(), possibleVideos);
	}

	private @Nullable String promptOrFallback(ModeSpec.Prompt rule) {
		if (this.prompt != null || rule.fallback().isEmpty()) {
			return this.prompt;
		}
		return rule.fallback();
	}

	private List<Media> images(KnownUploads uploads) {
		int count = this.fields.count("image_urls");
		if (count > 1) {
			this.fields.objectTo("image_urls", "must have exactly 1 image (has %d)".formatted(count));
		}
		return new MediaReader(uploads).read(this.fields, "image_urls");
	}

	private List<Media> references(FieldReader metadata, KnownUploads uploads) {
		int count = metadata.count("reference_urls");
		if (count > this.limits.references()) {
			metadata.objectTo("reference_urls",
					"must have at most %d references (has %d)".formatted(this.limits.references(), count));
		}
		List<Media> references = new MediaReader(uploads).read(metadata, "reference_urls");
		long videos = references.stream().filter((media) -> media.kind() == MediaKind.VIDEO).count();
		if (videos > this.limits.referenceVideos()) {
			metadata.objectTo("reference_urls",
					"must have at most %d videos (has %d)".formatted(this.limits.referenceVideos(), videos));
		}
		return references;
	}

	private @Nullable String prompt() {
		if (!this.fields.isFilled("prompt") && this.limits.needPrompt()) {
			this.fields.objectTo("prompt", "is required");
		}
		return this.fields.prose("prompt", this.limits.promptMaxLength());
	}

	private @Nullable Resolution resolution() {
		List<String> codes = this.limits.resolutions().stream().map(Resolution::code).toList();
		return this.fields.read("resolution",
				(node) -> node.isString() && codes.contains(node.stringValue().toLowerCase(Locale.ROOT)),
				"one of " + String.join(", ", codes), (node) -> Resolution.of(node.stringValue()));
	}

	private @Nullable Integer seconds() {
		List<Integer> allowed = this.limits.durations();
		String expected = "one of " + allowed.stream().map(String::valueOf).collect(Collectors.joining(", "));
		String remark = this.limits.durationRemark();
		return this.fields.integer("duration", allowed::contains,
				remark.isEmpty() ? expected : "%s; %s".formatted(expected, remark));
	}

	private @Nullable Boolean audio() {
		Boolean audio = this.fields.bool("audio");
		if (Boolean.FALSE.equals(audio) && !this.limits.audioSwitch()) {
			this.fields.refuse("audio", "true, because this model's videos always have sound");
		}
		return audio;
	}

	private void refuseCallback() {
		if (this.fields.string("callback_url") != null) {
			this.fields.add(new Violation("callback_url", ErrorCode.WEBHOOK_NOT_CONFIGURED,
					"callback_url needs a webhook endpoint of the same scheme, host and port, and this team has none"));
		}
	}

}
