package io.wangateway.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What comes before the samples of an {@link Mp4Video}: what kind of file it is, and
 * which sample lies where (ISO/IEC 14496-12, chapter 8). Times of the movie as a whole
 * are in milliseconds.
 *
 * @param width in pixels
 * @param height in pixels
 * @param seconds the length of the video
 * @param tracks pictures, and sound unless the video is silent; each second is one chunk
 * of each, in this order
 */
record Mp4Index(int width, int height, int seconds, List<Mp4Track> tracks) {

	private static final int MILLIS = 1000;

	private static final int BOX_HEADER = 8;

	/** The flags of an enabled track that is part of the movie. */
	private static final int IN_MOVIE = 3;

	private static final int FULL_VOLUME = 0x100;

	private static final int UNDETERMINED_LANGUAGE = 0x55C4;

	private static final byte[] UPRIGHT = Mp4Box.ints(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

	/**
	 * Return the bytes before the first sample.
	 * @return the file type, the movie, and the header of the box with the samples
	 */
	byte[] toBytes() {
		// Where the samples begin changes the values in the index, but not its size.
		int size = toBytes(0).length;
		return toBytes(size);
	}

	int payload() {
		return IntStream.range(0, this.seconds).map(this::sizeOf).sum();
	}

	private int sizeOf(int second) {
		return this.tracks.stream().mapToInt((track) -> track.sizeOf(second)).sum();
	}

	private byte[] toBytes(int firstSample) {
		byte[] type = Mp4Box.write("ftyp", ascii("isom\0\0\2\0isomiso2avc1mp41"));
		byte[] header = Mp4Box.write("mvhd", Mp4Box.ints(0, 0, 0, MILLIS, this.seconds * MILLIS, 0x10000, 0x1000000),
				Mp4Box.ints(0, 0), UPRIGHT, new byte[24], Mp4Box.ints(this.tracks.size() + 1));
		byte[] pictures = track(0, firstSample);
		byte[] sound = (this.tracks.size() > 1) ? track(1, firstSample) : new byte[0];
		return Mp4Box.join(type, Mp4Box.write("moov", header, pictures, sound), Mp4Box.ints(payload() + BOX_HEADER),
				ascii("mdat"));
	}

	private byte[] track(int number, int firstSample) {
		boolean pictures = number == 0;
		Mp4Track track = this.tracks.get(number);
		byte[] header = Mp4Box.write("tkhd", Mp4Box.ints(IN_MOVIE, 0, 0, number + 1, 0, this.seconds * MILLIS, 0, 0),
				Mp4Box.shorts(0, 0, pictures ? 0 : FULL_VOLUME, 0), UPRIGHT,
				pictures ? Mp4Box.ints(this.width << 16, this.height << 16) : new byte[8]);
		// The last sample of sound may outlast the pictures; the rest of it is not
		// played.
		byte[] edits = Mp4Box.write("edts", Mp4Box.write("elst", Mp4Box.ints(0, 1, this.seconds * MILLIS, 0, 0x10000)));
		int duration = track.samplesUntil(this.seconds) * track.sampleDuration();
		byte[] mediaHeader = Mp4Box.write("mdhd", Mp4Box.ints(0, 0, 0, track.timescale(), duration),
				Mp4Box.shorts(UNDETERMINED_LANGUAGE, 0));
		byte[] handler = Mp4Box.write("hdlr", Mp4Box.ints(0, 0), ascii(pictures ? "vide" : "soun"), new byte[13]);
		byte[] kind = pictures ? Mp4Box.write("vmhd", Mp4Box.ints(1, 0, 0)) : Mp4Box.write("smhd", Mp4Box.ints(0, 0));
		byte[] sameFile = Mp4Box.write("dinf",
				Mp4Box.write("dref", Mp4Box.ints(0, 1), Mp4Box.write("url ", Mp4Box.ints(1))));
		return Mp4Box.write("trak", header, edits, Mp4Box.write("mdia", mediaHeader, handler,
				Mp4Box.write("minf", kind, sameFile, samples(number, track, firstSample))));
	}

	private byte[] samples(int number, Mp4Track track, int firstSample) {
		int count = track.samplesUntil(this.seconds);
		List<byte[]> boxes = new ArrayList<>();
		boxes.add(Mp4Box.write("stsd", track.description()));
		boxes.add(Mp4Box.write("stts", Mp4Box.ints(0, 1, count, track.sampleDuration())));
		if (number == 0) {
			int[] first = IntStream.range(0, this.seconds).map(track::samplesUntil).map((index) -> index + 1).toArray();
			boxes.add(Mp4Box.write("stss", Mp4Box.ints(0, this.seconds), Mp4Box.ints(first)));
		}
		int[] chunks = IntStream.range(0, this.seconds)
			.flatMap((second) -> IntStream.of(second + 1, track.samplesOf(second).size(), 1))
			.toArray();
		boxes.add(Mp4Box.write("stsc", Mp4Box.ints(0, this.seconds), Mp4Box.ints(chunks)));
		boxes.add(Mp4Box.write("stsz", Mp4Box.ints(0, 0, count), Mp4Box.ints(track.sampleSizes(this.seconds))));
		boxes.add(Mp4Box.write("stco", Mp4Box.ints(0, this.seconds), Mp4Box.ints(offsets(number, firstSample))));
		return Mp4Box.write("stbl", boxes.toArray(byte[][]::new));
	}

	private int[] offsets(int number, int firstSample) {
		int[] offsets = new int[this.seconds];
		int position = firstSample;
		for (int second = 0; second < this.seconds; second++) {
			int ahead = 0;
			for (Mp4Track before : this.tracks.subList(0, number)) {
				ahead += before.sizeOf(second);
			}
			offsets[second] = position + ahead;
			position += sizeOf(second);
		}
		return offsets;
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
