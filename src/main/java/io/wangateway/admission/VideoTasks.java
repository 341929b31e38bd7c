package io.wangateway.admission;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

import io.wangateway.catalogue.GenerationSpec;
import io.wangateway.dashscope.VideoTask;
import io.wangateway.generation.GenerationContents;
import io.wangateway.generation.GenerationRequest;
import io.wangateway.generation.Media;
import io.wangateway.generation.Options;

import org.springframework.stereotype.Component;

/**
 * Puts a generation into DashScope's words. Every default is sent in so many words, since
 * DashScope's own are the dearest.
 */
@Component
class VideoTasks {

	private final GenerationContents contents;

	VideoTasks(GenerationContents contents) {
		this.contents = contents;
	}

	/**
	 * Return what to send for a generation.
	 * @param generation the generation
	 * @return the task to create
	 */
	VideoTask of(UUID generation) {
		GenerationRequest request = this.contents.of(generation);
		GenerationSpec spec = request.spec();
		Options options = request.options();
		List<String> urls = request.media().stream().map(Media::url).toList();
		VideoTask.Input input = switch (spec.mode()) {
			case T2V -> new VideoTask.Input(request.prompt(), options.negativePrompt(), null, null, options.audioUrl());
			case I2V -> new VideoTask.Input(request.prompt(), options.negativePrompt(), urls.getFirst(), null,
					options.audioUrl());
			case R2V -> new VideoTask.Input(request.prompt(), options.negativePrompt(), null, urls, options.audioUrl());
		};
		return new VideoTask(spec.upstreamModel(), input,
				new VideoTask.Parameters((request.size() == null) ? tier(spec) : null, request.size(), spec.seconds(),
						options.promptExtend(), options.shotType(), spec.audio(), request.watermark(), options.seed()));
	}

	private static String tier(GenerationSpec spec) {
		return spec.resolution().code().toUpperCase(Locale.ROOT);
	}

}
