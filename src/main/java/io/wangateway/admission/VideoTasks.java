package io.wangateway.admission;

import java.util.List;
import java.util.Locale;

import io.wangateway.catalogue.GenerationSpec;
import io.wangateway.dashscope.VideoTask;
import io.wangateway.generation.GenerationRequest;
import io.wangateway.generation.Options;

/**
 * Puts a generation into DashScope's words. Every default is sent in so many words, since
 * DashScope's own are the dearest.
 */
final class VideoTasks {

	private VideoTasks() {
	}

	/**
	 * Return what to send for a generation.
	 * @param request what was asked for
	 * @param urls where upstream finds its media, in their order
	 * @return the task to create
	 */
	static VideoTask of(GenerationRequest request, List<String> urls) {
		GenerationSpec spec = request.spec();
		Options options = request.options();
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
