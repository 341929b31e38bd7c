package io.wangateway.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

import org.springframework.core.io.ClassPathResource;

/**
 * The one track of a template file: how its samples are coded, and the samples, which may
 * be repeated for as long as one likes.
 */
final class Mp4Track {

	private final byte[] description;

	private final int timescale;

	private final int sampleDuration;

	private final List<byte[]> samples;

	private Mp4Track(byte[] description, int timescale, int sampleDuration, List<byte[]> samples) {
		this.description = description;
		this.timescale = timescale;
		this.sampleDuration = sampleDuration;
		this.samples = samples;
	}

	/**
	 * Read a template.
	 * @param path a file on the class path with a single track, whose samples are of one
	 * duration and lie one after the other
	 * @return the track
	 */
	static Mp4Track read(String path) {
		try {
			ByteBuffer file = ByteBuffer.wrap(new ClassPathResource(path).getContentAsByteArray());
			ByteBuffer media = Mp4Box.find(file, "moov", "trak", "mdia");
			ByteBuffer table = Mp4Box.find(media, "minf", "stbl");
			int timescale = Mp4Box.find(media, "mdhd").getInt(12);
			int sampleDuration = Mp4Box.find(table, "stts").getInt(12);
			return new Mp4Track(bytes(Mp4Box.find(table, "stsd")), timescale, sampleDuration,
					samples(Mp4Box.find(table, "stsz"), Mp4Box.find(file, "mdat")));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not read " + path, ex);
		}
	}

	private static List<byte[]> samples(ByteBuffer sizes, ByteBuffer data) {
		int commonSize = sizes.getInt(4);
		byte[][] samples = new byte[sizes.getInt(8)][];
		int position = 0;
		for (int i = 0; i < samples.length; i++) {
			int size = (commonSize != 0) ? commonSize : sizes.getInt(12 + i * Integer.BYTES);
			samples[i] = bytes(data.slice(position, size));
			position += size;
		}
		return List.of(samples);
	}

	private static byte[] bytes(ByteBuffer buffer) {
		byte[] bytes = new byte[buffer.limit()];
		buffer.get(0, bytes);
		return bytes;
	}

	/** Return the content of the box that tells a decoder what to expect. */
	byte[] description() {
		return this.description;
	}

	/** Return how many units of its time a second has. */
	int timescale() {
		return this.timescale;
	}

	/** Return how many units each sample lasts. */
	int sampleDuration() {
		return this.sampleDuration;
	}

	/**
	 * Return the samples of one second, when they are repeated for ever.
	 * @param second from 0
	 * @return those that begin in it
	 */
	List<byte[]> samplesOf(int second) {
		return IntStream.range(samplesUntil(second), samplesUntil(second + 1))
			.mapToObj((index) -> this.samples.get(index % this.samples.size()))
			.toList();
	}

	/** How many samples begin before the given second. */
	int samplesUntil(int second) {
		return Math.ceilDiv(second * this.timescale, this.sampleDuration);
	}

	/** The size of each sample of some seconds. */
	int[] sampleSizes(int seconds) {
		return IntStream.range(0, samplesUntil(seconds))
			.map((index) -> this.samples.get(index % this.samples.size()).length)
			.toArray();
	}

	/** How many bytes the samples of a second take. */
	int sizeOf(int second) {
		return samplesOf(second).stream().mapToInt((sample) -> sample.length).sum();
	}

}
