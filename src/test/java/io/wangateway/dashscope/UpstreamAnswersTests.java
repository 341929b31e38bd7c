package io.wangateway.dashscope;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the table of all upstream answers names tests that exist, and misses no
 * answer that a submission test sends.
 */
class UpstreamAnswersTests {

	private static final Pattern TEST = Pattern.compile("`(\\w+Tests)#(\\w+)`");

	private final List<String> rows;

	UpstreamAnswersTests() throws IOException {
		try (Stream<String> lines = Files.lines(Path.of("docs/upstream-answers.md"))) {
			this.rows = lines.filter((line) -> line.startsWith("| ") && !line.startsWith("| DashScope answers"))
				.toList();
		}
	}

	@Test
	void everyRowNamesATestThatExists() {
		assertThat(this.rows).hasSizeGreaterThan(100).allSatisfy((row) -> {
			List<MatchResult> tests = TEST.matcher(row).results().toList();
			assertThat(tests).isNotEmpty()
				.allSatisfy((test) -> assertThat(isTest(test.group(1), test.group(2))).isTrue());
		});
	}

	@Test
	void everyCodeThatASubmissionTestSendsHasARow() {
		List<Method> tests = Arrays.stream(SubmissionTests.class.getDeclaredMethods())
			.filter((method) -> method.isAnnotationPresent(CsvSource.class)
					&& method.getAnnotation(ParameterizedTest.class).name().startsWith("{0} {1}"))
			.toList();
		assertThat(tests).hasSize(4).allSatisfy((test) -> {
			for (String sent : test.getAnnotation(CsvSource.class).value()) {
				String[] columns = sent.split(", ", -1);
				assertThat(this.rows)
					.anySatisfy((row) -> assertThat(row).startsWith("| " + columns[0] + " `" + columns[1] + "`")
						.contains("`SubmissionTests#" + test.getName() + "`"));
			}
		});
	}

	private static boolean isTest(String type, String name) throws ClassNotFoundException {
		Class<?> tests = Class.forName(UpstreamAnswersTests.class.getPackageName() + "." + type);
		return Arrays.stream(tests.getDeclaredMethods())
			.filter((method) -> method.getName().equals(name))
			.anyMatch((method) -> method.isAnnotationPresent(Test.class)
					|| method.isAnnotationPresent(ParameterizedTest.class));
	}

}
