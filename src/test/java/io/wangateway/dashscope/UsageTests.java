package io.wangateway.dashscope;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what is believed of what DashScope says it bills.
 */
class UsageTests {

	@ParameterizedTest
	@CsvSource({ "5, 5", "5.0, 5", "10, 10", "6.65, 6.65", "'\"6.65\"', 6.65", "'\"5\"', 5", "0, 0", "1e1, 10",
			"6.6500000000000004, 6.65", "0.30000000000000004, 0.3", "86400, 86400" })
	void secondsComeAsIntegersFractionsAndStrings(String sent, BigDecimal read) {
		Usage usage = usage("{\"duration\":" + sent + "}");
		assertThat(usage.duration()).isEqualTo(read);
		assertThat(usage.doubtful()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "-0.5", "NaN", "Infinity", "-Infinity", "1e999", "1e99999999999", "86400.5",
			"123456789012345678901234567890", "\"NaN\"", "\"1e999999999\"", "\"five\"", "\"\"", "true", "[5]", "{}" })
	void secondsThatMakeNoSenseAreLeftOutAndFlagged(String sent) {
		Usage usage = usage("{\"duration\":" + sent + ",\"output_video_duration\":5}");
		assertThat(usage.duration()).isNull();
		assertThat(usage.outputVideoDuration()).isEqualTo("5");
		assertThat(usage.doubtful()).isTrue();
	}

	@Test
	void resolutionAndCountComeAsNumbersOrStrings() {
		assertThat(usage("{\"SR\":\"720\",\"video_count\":1}").sr()).isEqualTo(720);
		assertThat(usage("{\"SR\":1080,\"video_count\":\"1\"}").videoCount()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "720.5", "\"720P\"", "-720", "1e999" })
	void resolutionThatIsNoneIsLeftOutAndFlagged(String sent) {
		Usage usage = usage("{\"SR\":" + sent + "}");
		assertThat(usage.sr()).isNull();
		assertThat(usage.doubtful()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"duration\":null}", "null", "7", "{\"fps\":30,\"ratio\":\"16:9\"}" })
	void missingFiguresAreMissingWithoutAnyDoubt(String usage) {
		assertThat(usage(usage)).isEqualTo(new Usage(null, null, null, null, null, null, false));
	}

	private static Usage usage(String json) {
		Fields fields = Fields.parse(("{\"usage\":" + json + "}").getBytes(StandardCharsets.UTF_8));
		assertThat(fields.isPresent()).isTrue();
		return Usage.read(fields.object("usage"));
	}

}
