package io.wangateway.openapi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.swagger.v3.parser.OpenAPIV3Parser;
import io.wangateway.Operation;
import io.wangateway.web.ErrorCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

/** What is written down about the routes, and whether it is well-formed. */
class DescriptionTests {

	private static final Pattern ROLES = Pattern
		.compile("\\| `([A-Z]+ [^`]+)` \\| (yes|no) \\| (yes|no) \\| (yes|no) \\|");

	private static final List<String> ROLE_COLUMNS = List.of("admin", "finance", "ops");

	private Description description;

	@BeforeEach
	void read() throws IOException {
		this.description = new Description(new PathMatchingResourcePatternResolver());
	}

	@Test
	void parserFindsNothingWrong() {
		var result = new OpenAPIV3Parser()
			.readContents(new String(this.description.published(), StandardCharsets.UTF_8));
		assertThat(result.getMessages()).isEmpty();
		assertThat(result.getOpenAPI().getOpenapi()).isEqualTo("3.1.1");
		assertThat(result.getOpenAPI().getPaths()).hasSameSizeAs(published().get("paths").propertyNames());
	}

	@Test
	void everyReferenceLeadsSomewhere() {
		JsonNode written = this.description.written();
		assertThat(written.findValuesAsString("$ref")).isNotEmpty()
			.allSatisfy((reference) -> assertThat(written.at(reference.substring(1)).isMissingNode()).as(reference)
				.isFalse());
	}

	@Test
	void operationsSayWhatAReaderNeeds() {
		List<String> tags = this.description.written().get("tags").findValuesAsString("name");
		Set<String> ids = new TreeSet<>();
		assertThat(operations()).isNotEmpty().allSatisfy((operation) -> {
			assertThat(ids.add(operation.id())).as("the id is its own").isTrue();
			assertThat(operation.node().get("summary").stringValue()).isNotBlank();
			assertThat(tags).contains(operation.node().at("/tags/0").stringValue());
			assertThat(operation.node().get("responses").propertyNames()).as("the errors of every route")
				.containsAll(expectedErrors(operation));
			assertThat(variables(operation)).as("path variables")
				.containsExactlyInAnyOrderElementsOf(
						operation.parameters("path").stream().map((each) -> each.get("name").stringValue()).toList());
		});
	}

	@Test
	void errorCodesAreAllAndOnlyThose() {
		List<String> described = this.description.written()
			.at("/components/schemas/ErrorCode/enum")
			.valueStream()
			.map(JsonNode::stringValue)
			.toList();
		assertThat(described)
			.containsExactlyInAnyOrderElementsOf(Arrays.stream(ErrorCode.values()).map(ErrorCode::code).toList());
		List<String> types = this.description.written()
			.at("/components/schemas/Error/properties/error/properties/type/enum")
			.valueStream()
			.map(JsonNode::stringValue)
			.toList();
		assertThat(types).containsExactlyInAnyOrderElementsOf(
				Arrays.stream(ErrorCode.values()).map(ErrorCode::type).distinct().toList());
	}

	@Test
	void rolesAreThoseOfTheMatrix() throws IOException {
		List<String> matrix = ROLES.matcher(Files.readString(Path.of("docs/roles.md")))
			.results()
			.map((row) -> row.group(1) + IntStream.range(0, ROLE_COLUMNS.size())
				.filter((column) -> row.group(column + 2).equals("yes"))
				.mapToObj(ROLE_COLUMNS::get)
				.toList())
			.toList();
		assertThat(operations()).filteredOn((operation) -> operation.isForOperators() && !operation.isPlanned())
			.isNotEmpty()
			.allSatisfy((operation) -> assertThat(matrix).contains(operation + roles(operation)));
		assertThat(operations()).filteredOn((operation) -> operation.path().startsWith("/v1/admin"))
			.allMatch(Operation::isForOperators);
	}

	@Test
	void examplesFitTheirSchemas() {
		Schemas schemas = new Schemas(this.description.written());
		int count = 0;
		for (JsonNode content : contents(this.description.written(), new ArrayList<>())) {
			JsonNode schema = content.get("schema");
			for (JsonNode example : examples(content)) {
				assertThat(schemas.judge(schema, example)).as("%s by %s", example, schema).isEmpty();
				count++;
			}
		}
		assertThat(count).isGreaterThan(60);
	}

	private static String roles(Operation operation) {
		return operation.node().get("x-roles").valueStream().map(JsonNode::stringValue).toList().toString();
	}

	private static List<String> expectedErrors(Operation operation) {
		List<String> expected = new ArrayList<>();
		if (operation.path().startsWith("/v1/")) {
			expected.addAll(List.of("401", "403", "500", "503"));
			if (operation.isForTeams()) {
				expected.add("429");
			}
			if (!operation.bodySchema().isMissingNode()) {
				expected.addAll(List.of("400", "413", "415"));
			}
			if (operation.path().contains("{")) {
				expected.add("404");
			}
		}
		return expected;
	}

	private static List<String> variables(Operation operation) {
		return Pattern.compile("\\{([^}]+)}").matcher(operation.path()).results().map((it) -> it.group(1)).toList();
	}

	/** Find everything that has a schema and examples of it. */
	private static List<JsonNode> contents(JsonNode node, List<JsonNode> found) {
		if (node.isObject() && node.path("schema").isObject() && (node.has("example") || node.has("examples"))) {
			found.add(node);
		}
		node.forEach((child) -> contents(child, found));
		return found;
	}

	private List<JsonNode> examples(JsonNode content) {
		List<JsonNode> examples = new ArrayList<>();
		if (content.has("example")) {
			examples.add(content.get("example"));
		}
		content.path("examples")
			.forEach((example) -> examples.add(Operation.resolve(this.description.written(), example).get("value")));
		return examples;
	}

	private List<Operation> operations() {
		return Operation.of(this.description.written());
	}

	private JsonNode published() {
		return JsonMapper.shared().readTree(this.description.published());
	}

}
