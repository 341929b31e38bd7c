package io.wangateway.sandbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.springframework.core.io.AbstractResource;

/**
 * A playable MP4 file of a whole number of seconds, made by repeating the samples of
 * templates. Its index comes first, so that it plays while it loads. Nothing of it is
 * kept in memory but the index and the templates, which all videos of a size share.
 */
final class Mp4Video extends AbstractResource {

	private static final Map<String, Mp4Track> templates = new ConcurrentHashMap<>();

	private final Mp4Index index;

	private final byte[] head;

	/**
	 * Put a video together.
	 * @param width in pixels
	 * @param height in pixels; there must be a template of this size
	 * @param seconds its length
	 * @param sound whether it has sound
	 */
	Mp4Video(int width, int height, int seconds, boolean sound) {
		Mp4Track pictures = template("%dx%d".formatted(width, height));
		List<Mp4Track> tracks = sound ? List.of(pictures, template("tone")) : List.of(pictures);
		this.index = new Mp4Index(width, height, seconds, tracks);
		this.head = this.index.toBytes();
	}

	private static Mp4Track template(String name) {
		return templates.computeIfAbsent(name, (key) -> Mp4Track.read("sandbox/" + key + ".mp4"));
	}

	@Override
	public long contentLength() {
		return (long) this.head.length + this.index.payload();
	}

	@Override
	public InputStream getInputStream() {
		Stream<byte[]> samples = IntStream.range(0, this.index.seconds())
			.boxed()
			.flatMap((second) -> this.index.tracks().stream().flatMap((track) -> track.samplesOf(second).stream()));
		List<InputStream> parts = Stream.concat(Stream.of(this.head), samples)
			.<InputStream>map(ByteArrayInputStream::new)
			.toList();
		return new SequenceInputStream(Collections.enumeration(parts));
	}

	/** Return the whole file. */
	byte[] toBytes() {
		try (InputStream content = getInputStream()) {
			return content.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Reading from memory can't fail", ex);
		}
	}

	@Override
	public String getDescription() {
		return "%d s of %d x %d".formatted(this.index.seconds(), this.index.width(), this.index.height());
	}

}
