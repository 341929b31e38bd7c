package io.wangateway.team;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.springframework.stereotype.Component;

/**
 * Signs what leaves the gateway and must come back unchanged, such as links. While the
 * secret is being replaced, signatures by the one before are still good.
 */
@Component
public class Signatures {

	private static final String ALGORITHM = "HmacSHA256";

	private final GatewaySecret secret;

	Signatures(GatewaySecret secret) {
		this.secret = secret;
	}

	/**
	 * Sign a text.
	 * @param text what must not change; say in it what it is for, so that a signature
	 * made for one thing is not good for another
	 * @return the signature, 43 characters that may stand in a URL
	 */
	public String sign(String text) {
		return sign(text, this.secret.valid().getFirst());
	}

	/**
	 * Tell whether a text was signed here, in a time that does not depend on how nearly.
	 * @param text what was signed
	 * @param signature what came with it
	 * @return whether the signature is good
	 */
	public boolean verify(String text, String signature) {
		byte[] sent = signature.getBytes(StandardCharsets.UTF_8);
		List<byte[]> secrets = this.secret.valid();
		return secrets.stream()
			.anyMatch((each) -> MessageDigest.isEqual(sign(text, each).getBytes(StandardCharsets.UTF_8), sent));
	}

	private static String sign(String text, byte[] secret) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(new SecretKeySpec(secret, ALGORITHM));
			return Base64.getUrlEncoder()
				.withoutPadding()
				.encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has " + ALGORITHM, ex);
		}
	}

}
