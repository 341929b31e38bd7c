package io.wangateway.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Bodies that are read, and the many that are not. */
class StrictJsonTests {

	static Stream<Arguments> bad() {
		return Stream.of(arguments("", "The body is empty"), arguments("  \n", "The body is empty"),
				arguments("[]", "must be a JSON object"), arguments("5", "must be a JSON object"),
				arguments("null", "must be a JSON object"), arguments("\"{}\"", "must be a JSON object"),
				arguments("{", "not valid JSON"), arguments("{\"a\":1,}", "not valid JSON"),
				arguments("{'a':1}", "not valid JSON"), arguments("{a:1}", "not valid JSON"),
				arguments("{\"a\":01}", "not valid JSON"), arguments("{\"a\":NaN}", "not valid JSON"),
				arguments("{\"a\":+1}", "not valid JSON"), arguments("{\"a\":.5}", "not valid JSON"),
				arguments("{\"a\":\"\n\"}", "not valid JSON"), arguments("{} {}", "not valid JSON"),
				arguments("{}x", "not valid JSON"), arguments("\ufeff{}", "not valid JSON"),
				arguments("{\"a\":1,\n  \"a\":2}", "names a field twice: line 2"),
				arguments("{\"a\":{\"b\":1,\"b\":1}}", "names a field twice"),
				arguments("{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}", "more than 32 levels"),
				arguments("{\"a\":" + "9".repeat(65) + "}", "a number of more than 64 digits"),
				arguments("{\"" + "a".repeat(257) + "\":1}", "a name of more than 256 characters"),
				arguments("{\"a\":1e999999999}", "exponent"), arguments("{\"a\":1e-999}", "exponent"),
				arguments("{\"a\":[\"x\\u0000\"]}", "NUL"), arguments("{\"a\\u0000\":1}", "NUL"),
				arguments("{\"a\":\"\\ud800\"}", "surrogate"), arguments("{\"a\":\"\\udc00\\ud800\"}", "surrogate"),
				arguments("{\"\\ud83d\":1}", "surrogate"));
	}

	@ParameterizedTest
	@MethodSource("bad")
	void refuses(String body, String reason) {
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> read(body))
			.withMessageContaining(reason)
			.matches((refusal) -> refusal.code() == ErrorCode.INVALID_JSON);
	}

	@Test
	void readsWhatIsRight() throws IOException {
		ObjectNode body = read("""
				{"text": "视频 \\ud83d\\ude00", "whole": 9007199254740993, "part": 0.10, "list": [null, true, {}]}""");
		assertThat(body.get("text").stringValue()).isEqualTo("视频 😀");
		assertThat(body.get("whole").longValue()).isEqualTo(9007199254740993L);
		assertThat(body.get("part").decimalValue()).hasToString("0.10");
	}

	@Test
	void refusesBytesThatAreNotUtf8() {
		byte[] latin = "{\"a\":\"ä\"}".getBytes(StandardCharsets.ISO_8859_1);
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> StrictJson.read(new ByteArrayInputStream(latin)))
			.withMessage("The body is not UTF-8");
		byte[] wide = "{}".getBytes(StandardCharsets.UTF_16BE);
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> StrictJson.read(new ByteArrayInputStream(wide)));
	}

	@Test
	void neverRepeatsTheBody() {
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> read("{\"key\": sk-live-secret}"))
			.withMessageStartingWith("The body is not valid JSON: line 1, column ");
	}

	@Test
	void stopsReadingAtTheLimit() {
		Endless body = new Endless();
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> StrictJson.read(body))
			.matches((refusal) -> refusal.code() == ErrorCode.REQUEST_TOO_LARGE);
		assertThat(body.read).isLessThan(2L * StrictJson.MAX_BYTES);
	}

	@Test
	void takesABodyOfExactlyTheLimit() throws IOException {
		assertThat(read("{\"a\":\"" + "x".repeat(StrictJson.MAX_BYTES - 8) + "\"}").size()).isEqualTo(1);
	}

	private static ObjectNode read(String body) throws IOException {
		return StrictJson.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
	}

	/** A body without an end. */
	private static final class Endless extends InputStream {

		private long read;

		@Override
		public int read() {
			this.read++;
			return ' ';
		}

		@Override
		public int read(byte[] buffer, int offset, int length) {
			Arrays.fill(buffer, offset, offset + length, (byte) ' ');
			this.read += length;
			return length;
		}

	}

}
