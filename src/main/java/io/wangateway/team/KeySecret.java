package io.wangateway.team;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.zip.CRC32;

/**
 * A key as its owner holds it: a prefix that secret scanners recognise, 43 random
 * characters (256 bits) and a checksum of six, by which a mistyped key is told from a
 * revoked one without asking the database. Only its hash is kept.
 *
 * @param text the whole key
 */
record KeySecret(String text) {

	private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

	private static final int RANDOM_LENGTH = 43;

	private static final int CHECKSUM_LENGTH = 6;

	private static final int SHOWN_LENGTH = 4;

	private static final SecureRandom random = new SecureRandom();

	/** Make a new key. */
	static KeySecret make(Kind kind) {
		StringBuilder text = new StringBuilder(kind.prefix);
		random.ints(RANDOM_LENGTH, 0, ALPHABET.length()).forEach((i) -> text.append(ALPHABET.charAt(i)));
		return new KeySecret(text + checksum(text.toString()));
	}

	/** Whether this can't be a key of a team, whatever the database says. */
	boolean isMistyped() {
		if (!this.text.startsWith(Kind.LIVE.prefix) && !this.text.startsWith(Kind.SANDBOX.prefix)) {
			return false;
		}
		int end = this.text.length() - CHECKSUM_LENGTH;
		return !this.text.substring(end).equals(checksum(this.text.substring(0, end)));
	}

	/** Return the SHA-256 by which the key is found. */
	byte[] hash() {
		try {
			return MessageDigest.getInstance("SHA-256").digest(this.text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/** Return what may be shown for ever: the prefix and the last four characters. */
	String redacted() {
		int prefix = this.text.startsWith("sk-") ? this.text.lastIndexOf('-') + 1 : 0;
		return this.text.substring(0, prefix) + "…" + this.text.substring(this.text.length() - SHOWN_LENGTH);
	}

	/** Return the redacted key, so that no log line can hold a whole one. */
	@Override
	public String toString() {
		return redacted();
	}

	private static String checksum(String text) {
		CRC32 crc = new CRC32();
		crc.update(text.getBytes(StandardCharsets.UTF_8));
		long rest = crc.getValue();
		StringBuilder checksum = new StringBuilder();
		for (int i = 0; i < CHECKSUM_LENGTH; i++) {
			checksum.append(ALPHABET.charAt((int) (rest % ALPHABET.length())));
			rest /= ALPHABET.length();
		}
		return checksum.toString();
	}

	/** What a key is for. */
	enum Kind {

		LIVE("sk-live-"), SANDBOX("sk-sandbox-"), OPERATOR("sk-op-");

		private final String prefix;

		Kind(String prefix) {
			this.prefix = prefix;
		}

	}

}
