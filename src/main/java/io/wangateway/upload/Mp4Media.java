package io.wangateway.upload;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Reads MP4 and MOV videos, box by box. The boxes must fill the file exactly, so that one
 * that was cut off, or has something else behind it, is told from a whole one.
 *
 * @see <a href="https://www.iso.org/standard/83102.html">ISO/IEC 14496-12</a>
 */
final class Mp4Media {

	private static final BigDecimal LEAST_SECONDS = BigDecimal.ONE;

	private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(30);

	/** Tracks are in the film, and nothing that is read is in anything else. */
	private static final int DEEPEST = 2;

	/** Far more than any camera or program writes. */
	private static final int MOST_BOXES = 10_000;

	private static final String BEHIND = "has something behind its end that is no part of a video";

	private final MediaBytes file;

	private boolean quickTime = true;

	private boolean samples;

	private long timescale;

	private long duration;

	private long width;

	private long height;

	private int boxes;

	private int depth;

	private Mp4Media(MediaBytes file) {
		this.file = file;
	}

	static Media read(MediaBytes file) throws IOException {
		Mp4Media media = new Mp4Media(file);
		file.seek(0);
		media.readBoxes(file.size());
		if (!media.samples || media.timescale == 0) {
			throw new UnfitMediaException("has no film in it");
		}
		if (media.width == 0) {
			throw new UnfitMediaException("has no pictures in it, only sound");
		}
		BigDecimal seconds = BigDecimal.valueOf(media.duration)
			.divide(BigDecimal.valueOf(media.timescale), 3, RoundingMode.HALF_UP);
		if (seconds.compareTo(LEAST_SECONDS) < 0 || seconds.compareTo(MOST_SECONDS) > 0) {
			throw new UnfitMediaException(
					"must be %s to %s seconds long (is %s)".formatted(LEAST_SECONDS, MOST_SECONDS, seconds));
		}
		return new Media(media.quickTime ? "video/quicktime" : "video/mp4", media.width, media.height);
	}

	private void readBoxes(long to) throws IOException {
		while (this.file.position() < to) {
			if (++this.boxes > MOST_BOXES) {
				throw new UnfitMediaException("has too many parts");
			}
			long start = this.file.position();
			long shortLength = this.file.u32();
			String name = name();
			long length = (shortLength == 1) ? this.file.u64() : (shortLength == 0) ? to - start : shortLength;
			if (length < this.file.position() - start) {
				throw new UnfitMediaException("is damaged: part %s has no length".formatted(name));
			}
			if (length > to - start) {
				throw new UnfitMediaException(
						isWhole() ? BEHIND : "ends too early: part %s does not fit".formatted(name));
			}
			readBox(name, start + length);
			this.file.seek(start + length);
		}
	}

	/** Names are visible; anything else is no box. */
	private String name() throws IOException {
		String name = this.file.name();
		if (!name.chars().allMatch((c) -> (c >= ' ' && c < 0x7f) || c == 0xa9)) {
			throw new UnfitMediaException(isWhole() ? BEHIND : "has something in it that is no part of a video");
		}
		return name;
	}

	/** Whether a player has all that it needs, so that what follows is something else. */
	private boolean isWhole() {
		return this.samples && this.timescale > 0 && this.width > 0;
	}

	private void readBox(String name, long end) throws IOException {
		switch (name) {
			case "ftyp" -> this.quickTime = this.file.name().equals("qt  ");
			case "mdat" -> this.samples |= end > this.file.position();
			case "moov", "trak" -> readWithin(name, end);
			case "mvhd" -> readLength();
			case "tkhd" -> readSize(end);
			case "mvex" -> throw new UnfitMediaException("is fragmented, for streaming; save it as one piece");
			default -> {
			}
		}
	}

	private void readWithin(String name, long end) throws IOException {
		if (++this.depth > DEEPEST) {
			throw new UnfitMediaException("is damaged: part %s is where it can't be".formatted(name));
		}
		readBoxes(end);
		this.depth--;
	}

	private void readLength() throws IOException {
		boolean wide = this.file.u8() == 1;
		this.file.skip(3 + (wide ? 16 : 8));
		this.timescale = this.file.u32();
		this.duration = wide ? this.file.u64() : this.file.u32();
	}

	/** The last two fields, in 16.16 fixed point; 0 for tracks that show nothing. */
	private void readSize(long end) throws IOException {
		this.file.seek(end - 8);
		long columns = this.file.u32() >> 16;
		long rows = this.file.u32() >> 16;
		if (columns > 0 && rows > 0) {
			this.width = columns;
			this.height = rows;
		}
	}

}
