package io.wangateway.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads and writes the boxes of an MP4 file (ISO/IEC 14496-12): four bytes of length,
 * four of type, then the content.
 */
final class Mp4Box {

	private static final int HEADER = 8;

	private Mp4Box() {
	}

	/**
	 * Write a box.
	 * @param type the four characters of its type
	 * @param contents what is in it, in order
	 * @return the bytes, header included
	 */
	static byte[] write(String type, byte[]... contents) {
		byte[] content = join(contents);
		return join(ints(HEADER + content.length), type.getBytes(StandardCharsets.ISO_8859_1), content);
	}

	/** Return numbers as four bytes each. */
	static byte[] ints(int... numbers) {
		ByteBuffer buffer = ByteBuffer.allocate(numbers.length * Integer.BYTES);
		for (int number : numbers) {
			buffer.putInt(number);
		}
		return buffer.array();
	}

	/** Return numbers as two bytes each. */
	static byte[] shorts(int... numbers) {
		ByteBuffer buffer = ByteBuffer.allocate(numbers.length * Short.BYTES);
		for (int number : numbers) {
			buffer.putShort((short) number);
		}
		return buffer.array();
	}

	static byte[] join(byte[]... parts) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			joined.writeBytes(part);
		}
		return joined.toByteArray();
	}

	/**
	 * Find the content of a box.
	 * @param boxes boxes, one after the other
	 * @param path the types that lead to the box, the outermost first
	 * @return the content, without the header, from position 0
	 * @throws IllegalArgumentException if there is no such box
	 */
	static ByteBuffer find(ByteBuffer boxes, String... path) {
		ByteBuffer content = boxes;
		for (String type : path) {
			content = child(content, type);
		}
		return content;
	}

	private static ByteBuffer child(ByteBuffer boxes, String type) {
		byte[] found = new byte[Integer.BYTES];
		for (int at = 0; at < boxes.limit(); at += boxes.getInt(at)) {
			boxes.get(at + Integer.BYTES, found);
			if (type.equals(new String(found, StandardCharsets.ISO_8859_1))) {
				return boxes.slice(at + HEADER, boxes.getInt(at) - HEADER);
			}
		}
		throw new IllegalArgumentException("There is no box '" + type + "'");
	}

}
