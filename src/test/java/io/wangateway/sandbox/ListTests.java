package io.wangateway.sandbox;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.wangateway.MutableClock;
import io.wangateway.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static io.wangateway.sandbox.TestSimulator.json;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests the list of tasks: four of them, a minute apart, the last one still PENDING. */
class ListTests {

	private static final Instant START = Instant.parse("2026-11-22T16:00:00Z");

	private static final MutableClock clock = new MutableClock(START);

	private static final TestSimulator simulator = new TestSimulator(TestDatabase.create(), clock);

	private static final List<String> ids = new ArrayList<>();

	private static String requestId = "";

	@BeforeAll
	static void createTasks() {
		for (String model : new String[] { "wan2.6-i2v-flash", "wan2.6-i2v", "wan2.6-i2v-flash", "wan2.6-i2v-flash" }) {
			HttpResponse<String> created = simulator.create("""
					{"model":"%s","input":{"img_url":"https://example.com/photo.jpg"}}""".formatted(model));
			ids.add(json(created).at("/output/task_id").asString());
			requestId = json(created).at("/request_id").asString();
			clock.advance(Duration.ofMinutes(1));
		}
		clock.set(START.plusSeconds(180));
		simulator.control("PATCH", "/behaviour", """
				{"limits":{"lists-per-second":0}}""");
	}

	@AfterAll
	static void close() {
		simulator.close();
	}

	@Test
	void entryTellsOfATaskInMilliseconds() {
		JsonNode body = list("?task_id=" + ids.get(0));
		assertThat(body.get("request_id").asString()).hasSize(36);
		JsonNode entry = body.at("/data/0");
		assertThat(entry.get("task_id").asString()).isEqualTo(ids.get(0));
		assertThat(entry.get("status").asString()).isEqualTo("SUCCEEDED");
		assertThat(entry.get("model_name").asString()).isEqualTo("wan2.6-i2v-flash");
		assertThat(entry.get("gmt_create").longValue()).isEqualTo(START.toEpochMilli());
		assertThat(entry.get("start_time").longValue()).isEqualTo(START.plusSeconds(1).toEpochMilli());
		assertThat(entry.get("end_time").longValue()).isEqualTo(START.plusSeconds(5).toEpochMilli());
		assertThat(entry.get("user_api_unique_key").asString())
			.isEqualTo("apikey:v1:aigc:video-generation:video-synthesis:wan2.6-i2v-flash");
		assertThat(entry.has("video_url")).isFalse();
		assertThat(entry.has("prompt")).isFalse();
	}

	@Test
	void requestIdIsThatOfTheCreation() {
		assertThat(list("?status=PENDING").at("/data/0/request_id").asString()).isEqualTo(requestId);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			''                                                    | 3 2 1 0
			/                                                     | 3 2 1 0
			?model_name=wan2.6-i2v                                | 1
			?model_name=wan2.6-i2v-flash&status=SUCCEEDED         | 2 0
			?status=PENDING                                       | 3
			?status=FAILED                                        | ''
			?task_id=nobody                                       | ''
			?start_time=20261123000100&end_time=20261123000300    | 2 1
			?start_time=20261123000200                            | 3 2
			/?end_time=20261123000100                             | 0
			?page_size=3                                          | 3 2 1
			?page_size=3&page_no=2                                | 0
			?page_size=3&page_no=3                                | ''
			?api_key_id=1                                         | 3 2 1 0
			?api_key_id=2                                         | ''
			?region=cn-beijing                                    | 3 2 1 0
			?region=elsewhere                                     | ''
			""")
	void filtersAndPages(String query, String expected) {
		List<String> found = new ArrayList<>();
		list(query).get("data")
			.forEach((entry) -> found.add(String.valueOf(ids.indexOf(entry.get("task_id").asString()))));
		assertThat(String.join(" ", found)).isEqualTo(expected);
	}

	@Test
	void pagesAreCounted() {
		JsonNode body = list("?page_size=3&page_no=2");
		assertThat(body.get("total").intValue()).isEqualTo(4);
		assertThat(body.get("total_page").intValue()).isEqualTo(2);
		assertThat(body.get("page_no").intValue()).isEqualTo(2);
		assertThat(body.get("page_size").intValue()).isEqualTo(3);
		assertThat(list("").get("page_size").intValue()).isEqualTo(10);
	}

	@ParameterizedTest
	@ValueSource(strings = { "?page_no=0", "?page_no=x", "?page_size=101", "?start_time=2026-11-23",
			"?start_time=20261122000000&end_time=20261123000001" })
	void malformedQueryIsRefused(String query) {
		HttpResponse<String> answer = simulator.get("/tasks" + query);
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(json(answer).get("code").asString()).isEqualTo("InvalidParameter");
	}

	private static JsonNode list(String query) {
		return json(simulator.get("/tasks" + query));
	}

}
