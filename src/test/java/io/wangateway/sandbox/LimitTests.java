package io.wangateway.sandbox;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.wangateway.MutableClock;
import io.wangateway.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.wangateway.sandbox.TestSimulator.json;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests what is too much, for two processes that share one account. */
class LimitTests {

	private static final MutableClock clock = TestSimulator.clock();

	private static final TestDatabase database = TestDatabase.create();

	private static final TestSimulator simulator = new TestSimulator(database, clock);

	private static final TestSimulator replica = new TestSimulator(database, clock);

	@AfterAll
	static void close() {
		simulator.close();
		replica.close();
	}

	@BeforeEach
	void startAfresh() {
		clock.advance(Duration.ofMinutes(1));
		simulator.reset();
	}

	@Test
	void fiveSubmissionsOfAModelPassInAnySecond() {
		allowAnyNumberInProcessing();
		assertThat(passing(5, () -> create("wan2.6-i2v-flash", simulator))).isEqualTo(5);
		assertThrottled(create("wan2.6-i2v-flash", replica));
		assertThat(create("wan2.6-i2v", simulator).statusCode()).isEqualTo(200);

		clock.advance(Duration.ofMillis(900));
		assertThrottled(create("wan2.6-i2v-flash", simulator));
		clock.advance(Duration.ofMillis(100));
		assertThat(passing(2, () -> create("wan2.6-i2v-flash", simulator))).isEqualTo(2);
		clock.advance(Duration.ofMillis(500));
		assertThat(passing(9, () -> create("wan2.6-i2v-flash", replica))).isEqualTo(3);
		assertThat(simulator.created()).isEqualTo(11);
	}

	@Test
	void fiveTasksOfAModelAreInProcessing() {
		IntStream.range(0, 5).forEach((number) -> {
			simulator.animate("number " + number);
			clock.advance(Duration.ofMillis(200));
		});
		assertThrottled(create("wan2.6-i2v-flash", replica));
		assertThat(simulator.created()).isEqualTo(5);

		clock.advance(Duration.ofSeconds(4));
		assertThat(create("wan2.6-i2v-flash", simulator).statusCode()).isEqualTo(200);
		assertThrottled(create("wan2.6-i2v-flash", simulator));
	}

	@Test
	void surplusMayWaitInstead() {
		simulator.control("PATCH", "/behaviour", """
				{"limits":{"surplus":"wait"}}""");
		String first = simulator.animate("p");
		IntStream.range(0, 4).forEach((number) -> replica.animate("p"));
		clock.advance(Duration.ofSeconds(1));
		String sixth = simulator.animate("p");
		clock.advance(Duration.ofMillis(3900));
		assertThat(status(first)).isEqualTo("RUNNING");
		assertThat(status(sixth)).isEqualTo("PENDING");
		clock.advance(Duration.ofMillis(100));
		assertThat(status(first)).isEqualTo("SUCCEEDED");
		assertThat(status(sixth)).isEqualTo("RUNNING");
	}

	@Test
	void queriesListsAndCancellationsAreCountedApart() {
		assertThat(passing(25, () -> simulator.query("x"))).isEqualTo(20);
		assertThrottled(replica.query("x"));
		assertThat(passing(25, () -> simulator.get("/tasks"))).isEqualTo(20);
		clock.advance(Duration.ofSeconds(1));
		assertThat(replica.query("x").statusCode()).isEqualTo(200);
	}

	@Test
	void cancellationsAreLimitedToo() {
		for (int i = 0; i < 20; i++) {
			assertThat(simulator.cancel("x").statusCode()).isEqualTo(400);
		}
		assertThrottled(replica.cancel("x"));
	}

	@Test
	void zeroMeansNoLimit() {
		simulator.control("PATCH", "/behaviour", """
				{"limits":{"queries-per-second":0}}""");
		assertThat(passing(30, () -> simulator.query("x"))).isEqualTo(30);
	}

	private static void allowAnyNumberInProcessing() {
		simulator.control("PATCH", "/behaviour", """
				{"limits":{"in-processing":0}}""");
	}

	private static HttpResponse<String> create(String model, TestSimulator at) {
		return at.create("""
				{"model":"%s","input":{"img_url":"https://example.com/photo.jpg"}}""".formatted(model));
	}

	private static String status(String id) {
		return simulator.task(id).at("/output/task_status").asString();
	}

	private static long passing(int calls, Supplier<HttpResponse<String>> call) {
		return IntStream.range(0, calls).filter((number) -> call.get().statusCode() == 200).count();
	}

	private static void assertThrottled(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).isEqualTo(429);
		assertThat(json(answer).get("code").asString()).isEqualTo("Throttling.RateQuota");
	}

}
