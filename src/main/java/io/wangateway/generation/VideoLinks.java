package io.wangateway.generation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.wangateway.team.Signatures;
import io.wangateway.web.PublicUrl;

import org.springframework.stereotype.Component;

/**
 * Signed links to videos, good without a key for a day and a little. A link stays the
 * same within an hour, so that what carries it can be cached.
 */
@Component
public class VideoLinks {

	private static final Duration LIFE = Duration.ofHours(25);

	private final Signatures signatures;

	private final PublicUrl publicUrl;

	private final Clock clock;

	VideoLinks(Signatures signatures, PublicUrl publicUrl, Clock clock) {
		this.signatures = signatures;
		this.publicUrl = publicUrl;
		this.clock = clock;
	}

	/**
	 * Make a link to a generation's video.
	 * @param generation the generation
	 * @return the link
	 */
	Link to(GenerationId generation) {
		Instant expires = this.clock.instant().truncatedTo(ChronoUnit.HOURS).plus(LIFE);
		String name = generation + ".mp4";
		return new Link("%s/files/%s?expires=%d&signature=%s".formatted(this.publicUrl, name, expires.getEpochSecond(),
				this.signatures.sign(text(name, expires.getEpochSecond()))), expires);
	}

	/**
	 * Tell whether a link was made here.
	 * @param name the file's name
	 * @param expires when the link says that it expires, in Unix seconds
	 * @param signature the link's signature
	 * @return whether it is genuine, though it may have expired
	 */
	public boolean isGenuine(String name, long expires, String signature) {
		return this.signatures.verify(text(name, expires), signature);
	}

	private static String text(String name, long expires) {
		return "video\n" + name + "\n" + expires;
	}

	/**
	 * A link and its end.
	 *
	 * @param url the link
	 * @param expires until when it works
	 */
	record Link(String url, Instant expires) {
	}

}
