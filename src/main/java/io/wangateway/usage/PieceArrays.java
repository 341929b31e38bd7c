package io.wangateway.usage;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pieces as SQL takes them: an array for each of what is known of them. */
final class PieceArrays {

	private PieceArrays() {
	}

	/**
	 * Put signs, starts, ends and times of pieces into parameters.
	 * @param prefix what the parameters' names begin with, such as {@code sum} for
	 * {@code sumSigns}
	 */
	static void put(String prefix, List<Piece> pieces, Map<String, Object> parameters) {
		parameters.put(prefix + "Signs", of(pieces.stream().map(Piece::sign)));
		parameters.put(prefix + "Starts", of(pieces.stream().map((piece) -> piece.times().start())));
		parameters.put(prefix + "Ends", of(pieces.stream().map((piece) -> piece.times().end())));
		parameters.put(prefix + "Times", of(pieces.stream().map(Piece::at)));
	}

	/** Return a text that can be cast to an array. */
	static String of(Stream<?> values) {
		return values.map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
	}

}
