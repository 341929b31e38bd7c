package io.wangateway.admission;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import io.wangateway.catalogue.Resolution;
import io.wangateway.dashscope.Usage;
import io.wangateway.generation.GenerationRequest;
import org.jspecify.annotations.Nullable;

/**
 * What upstream repeats of a request when its task ends, by which the request can be
 * told.
 *
 * @param promptHash the SHA-256 of the prompt in hexadecimal; that of no characters where
 * there was none
 * @param seconds the length of the video, or {@code null} where upstream does not say
 * @param sr 720 or 1080, or {@code null} where upstream does not say
 */
public record Echo(String promptHash, @Nullable BigDecimal seconds, @Nullable Integer sr) {

	private static final String NO_PROMPT = hash("");

	/**
	 * Return what upstream should echo of a request.
	 * @param request the request
	 * @return the echo to expect
	 */
	public static Echo expected(GenerationRequest request) {
		return new Echo(hash(String.valueOf((request.prompt() != null) ? request.prompt() : "")),
				BigDecimal.valueOf(request.spec().seconds()),
				(request.spec().resolution() == Resolution.P720) ? 720 : 1080);
	}

	/**
	 * Return what upstream did echo.
	 * @param prompt the prompt, or {@code null}
	 * @param usage what was billed
	 * @return the echo
	 */
	public static Echo of(@Nullable String prompt, Usage usage) {
		return new Echo(hash((prompt != null) ? prompt : ""), usage.outputVideoDuration(), usage.sr());
	}

	/**
	 * Return whether what was echoed can be what was expected. A figure that upstream
	 * does not give contradicts nothing.
	 * @param echoed what was echoed
	 * @return whether nothing in it differs
	 */
	public boolean agreesWith(Echo echoed) {
		return this.promptHash.equals(echoed.promptHash)
				&& (this.seconds == null || echoed.seconds == null || this.seconds.compareTo(echoed.seconds) == 0)
				&& (this.sr == null || echoed.sr == null || this.sr.equals(echoed.sr));
	}

	/** Whether there is no prompt to tell it by. */
	boolean isEmpty() {
		return this.promptHash.equals(NO_PROMPT);
	}

	private static String hash(String prompt) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(prompt.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
