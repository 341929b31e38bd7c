package io.wangateway.upload;

import java.io.IOException;

/**
 * Reads JPEG images from marker to marker, to their end.
 *
 * @see <a href="https://www.w3.org/Graphics/JPEG/itu-t81.pdf">ITU-T T.81, annex B</a>
 */
final class JpegImage {

	private static final int START = 0xd8;

	private static final int END = 0xd9;

	private static final int SCAN = 0xda;

	private final MediaBytes file;

	private long width = -1;

	private long height = -1;

	private boolean scanned;

	private JpegImage(MediaBytes file) {
		this.file = file;
	}

	static Media read(MediaBytes file) throws IOException {
		JpegImage image = new JpegImage(file);
		file.seek(2);
		image.readToEnd();
		if (image.width < 0 || !image.scanned) {
			throw new UnfitMediaException("has no picture in it");
		}
		ImageLimits.check(image.width, image.height);
		checkRest(file);
		return new Media("image/jpeg", image.width, image.height);
	}

	private void readToEnd() throws IOException {
		for (int marker = marker(); marker != END; marker = marker()) {
			if (marker == START || (marker >= 0xd0 && marker <= 0xd7) || marker == 0x01) {
				throw new UnfitMediaException("is damaged: a marker is out of place");
			}
			int length = this.file.u16();
			if (length < 2) {
				throw new UnfitMediaException("is damaged: a segment has no length");
			}
			long next = this.file.position() + length - 2;
			if (isFrame(marker)) {
				readFrame();
			}
			this.file.seek(next);
			if (marker == SCAN) {
				this.scanned = true;
				skipScan();
			}
		}
	}

	/** The next marker, behind any number of fill bytes. */
	private int marker() throws IOException {
		if (this.file.u8() != 0xff) {
			throw new UnfitMediaException("is damaged: a marker is missing");
		}
		int marker = this.file.u8();
		while (marker == 0xff) {
			marker = this.file.u8();
		}
		return marker;
	}

	private static boolean isFrame(int marker) {
		return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
	}

	private void readFrame() throws IOException {
		this.file.skip(1);
		this.height = this.file.u16();
		this.width = this.file.u16();
	}

	/** To the marker behind a scan. Within it, 0xff is followed by 0 or a restart. */
	private void skipScan() throws IOException {
		int marker = markerInScan();
		while (marker == 0 || (marker >= 0xd0 && marker <= 0xd7)) {
			marker = markerInScan();
		}
		this.file.skip(-2);
	}

	private int markerInScan() throws IOException {
		int last = 0;
		int next = this.file.u8();
		while (last != 0xff || next == 0xff) {
			last = next;
			next = this.file.u8();
		}
		return next;
	}

	/** Cameras put further pictures behind the first; anything else is no picture. */
	private static void checkRest(MediaBytes file) throws IOException {
		long behind = file.remaining();
		while (file.remaining() > 0) {
			int value = file.u8();
			if (value == 0xff && file.remaining() > 1 && file.u8() == START) {
				new JpegImage(file).readToEnd();
			}
			else if (value != 0) {
				throw new UnfitMediaException("has %d bytes behind its end that are no picture".formatted(behind));
			}
		}
	}

}
