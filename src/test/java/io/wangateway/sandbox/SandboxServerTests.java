package io.wangateway.sandbox;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.wangateway.MutableClock;
import io.wangateway.TestDatabase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests starting the server. */
class SandboxServerTests {

	private final MutableClock clock = TestSimulator.clock();

	@Test
	void anotherPortIsFoundWhereTheConfiguredOneIsTaken() {
		TestDatabase database = TestDatabase.create();
		try (TestSimulator first = new TestSimulator(database, this.clock);
				TestSimulator second = new TestSimulator(database, this.clock, first.server().baseUrl().getPort())) {
			assertThat(second.server().baseUrl().getPort()).isNotEqualTo(first.server().baseUrl().getPort());
			String id = first.animate("p");
			assertThat(second.task(id).at("/output/task_status").asString()).isEqualTo("PENDING");
		}
	}

	@Test
	void processesMayStartAtOnceOnAnEmptyDatabase() {
		TestDatabase database = TestDatabase.create();
		List<CompletableFuture<TestSimulator>> starting = IntStream.range(0, 3)
			.mapToObj((number) -> CompletableFuture.supplyAsync(() -> new TestSimulator(database, this.clock)))
			.toList();
		List<TestSimulator> started = starting.stream().map(CompletableFuture::join).toList();
		String id = started.getFirst().animate("p");
		assertThat(started)
			.allSatisfy((simulator) -> assertThat(simulator.task(id).at("/output/task_status").asString())
				.isEqualTo("PENDING"));
		started.forEach(TestSimulator::close);
	}

	@Test
	void tellsClientsWhereItIsAndWithWhichKey() {
		try (TestSimulator simulator = new TestSimulator(TestDatabase.create(), this.clock)) {
			assertThat(simulator.server().baseUrl()).hasScheme("http").hasHost("127.0.0.1").hasPath("/api/v1");
			assertThat(simulator.server().apiKey()).isEqualTo(TestSimulator.KEY);
		}
	}

}
