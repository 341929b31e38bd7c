package io.wangateway.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs what is later brought back by somebody who has no key. */
class Signer {

	private static final String ALGORITHM = "HmacSHA256";

	private final SecretKeySpec secret;

	Signer(String secret) {
		this.secret = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
	}

	/** Return a signature that may stand in a query as it is. */
	String sign(String text) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.secret);
			byte[] signature = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every JDK has " + ALGORITHM, ex);
		}
	}

	boolean isSignature(String signature, String text) {
		return MessageDigest.isEqual(signature.getBytes(StandardCharsets.UTF_8),
				sign(text).getBytes(StandardCharsets.UTF_8));
	}

}
