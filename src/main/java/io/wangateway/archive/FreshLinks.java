package io.wangateway.archive;

import java.net.URI;

import io.wangateway.admission.Pace;
import io.wangateway.admission.Upstreams;
import io.wangateway.dashscope.NoAnswer;
import io.wangateway.dashscope.TaskStatus;

import org.springframework.stereotype.Component;

/**
 * Asks upstream for another link to a video, within the limit for status queries.
 */
@Component
class FreshLinks {

	private final Upstreams upstreams;

	private final Pace pace;

	FreshLinks(Upstreams upstreams, Pace pace) {
		this.upstreams = upstreams;
		this.pace = pace;
	}

	/**
	 * Ask for a link.
	 * @param video the video
	 * @return the answer
	 */
	Answer ask(Video video) {
		if (!this.upstreams.isConfigured(video.livemode())) {
			return new Silent();
		}
		try {
			if (!this.pace.awaitSoon(video.livemode(), "status")) {
				return new Silent();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new Silent();
		}
		TaskStatus status = this.upstreams.of(video.livemode()).status(video.upstreamTaskId());
		return switch (status) {
			case TaskStatus.Succeeded succeeded -> new Link(succeeded.videoUrl());
			case TaskStatus.Forgotten _ -> new Forgotten();
			case TaskStatus.SucceededWithoutVideo _, TaskStatus.Waiting _, TaskStatus.Running _, TaskStatus.Failed _,
					TaskStatus.Cancelled _, NoAnswer _ ->
				new Silent();
		};
	}

	/** What upstream says. */
	sealed interface Answer {

	}

	/**
	 * A link, which may be the same as before.
	 *
	 * @param url the link
	 */
	record Link(URI url) implements Answer {
	}

	/** Upstream does not know the task any more. */
	record Forgotten() implements Answer {
	}

	/** Nothing that helps, for now. */
	record Silent() implements Answer {
	}

}
