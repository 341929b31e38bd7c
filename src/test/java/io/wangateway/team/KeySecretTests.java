package io.wangateway.team;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Keys as their owners hold them. */
class KeySecretTests {

	@ParameterizedTest
	@EnumSource
	void keysAreNeverAlike(KeySecret.Kind kind) {
		assertThat(Stream.generate(() -> KeySecret.make(kind).text()).limit(1000).distinct()).hasSize(1000);
	}

	@Test
	void oneWrongCharacterIsATypo() {
		String text = KeySecret.make(KeySecret.Kind.LIVE).text();
		assertThat(new KeySecret(text).isMistyped()).isFalse();
		for (int i = "sk-live-".length(); i < text.length(); i++) {
			char other = (text.charAt(i) == 'x') ? 'y' : 'x';
			String typo = text.substring(0, i) + other + text.substring(i + 1);
			assertThat(new KeySecret(typo).isMistyped()).as(typo).isTrue();
		}
	}

	@Test
	void aKeyFromTheSettingsNeedsNoChecksum() {
		assertThat(new KeySecret("correct-horse-battery-staple-0123").isMistyped()).isFalse();
	}

	@Test
	void aKeyIsNeverPrintedWhole() {
		KeySecret secret = KeySecret.make(KeySecret.Kind.SANDBOX);
		assertThat(secret).hasToString("sk-sandbox-…" + secret.text().substring(secret.text().length() - 4));
		assertThat(new KeySecret("correct-horse-battery-staple-0123")).hasToString("…0123");
	}

}
