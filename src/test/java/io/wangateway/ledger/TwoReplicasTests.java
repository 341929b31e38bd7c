package io.wangateway.ledger;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.wangateway.GatewayApplication;
import io.wangateway.TestDatabase;
import io.wangateway.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two gateways on one database, and many requests at once. */
@BooksTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoReplicasTests {

	@Autowired
	TestBooks books;

	@LocalServerPort
	int port;

	private ConfigurableApplicationContext other;

	@BeforeAll
	void startAnother(@Autowired TestDatabase database, @TempDir Path folder) {
		this.other = new SpringApplicationBuilder(GatewayApplication.class).run("--server.port=0",
				"--gateway.sandbox.port=0", "--gateway.dashscope.max-in-flight=0",
				"--gateway.dashscope.api-key=sk-of-the-tests", "--gateway.dashscope.base-url=http://127.0.0.1:9/api/v1",
				"--gateway.data-dir=" + folder, "--spring.datasource.url=" + database.url(),
				"--spring.datasource.username=" + database.user(), "--spring.datasource.password=" + database.secret());
	}

	@AfterAll
	void stopTheOther() {
		this.other.close();
	}

	@Test
	void budgetFor37TakesExactly37Of200AtOnce() throws Exception {
		TestBooks.Team team = this.books.team("94.99");
		List<Integer> answers = submit(team, 200);
		assertThat(Collections.frequency(answers, 200)).isEqualTo(37);
		assertThat(Collections.frequency(answers, 402)).isEqualTo(163);
		assertThat(this.books.budget(team).get("held").stringValue()).isEqualTo("92.50");
		assertThat(this.books.budget(team).get("remaining").stringValue()).isEqualTo("2.49");
	}

	@Test
	void nothingSlipsPastALimitThatWasJustSet() throws Exception {
		TestBooks.Team team = this.books.team();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<List<Integer>> answers = threads.submit(() -> submit(team, 100));
			this.books.finance(HttpMethod.PUT, "/v1/admin/teams/%s/budget".formatted(team.id()), """
					{"limit": "0.01"}""").expectStatus().isOk();
			String heldThen = this.books.budget(team).get("held").stringValue();
			assertThat(answers.get()).hasSize(100).containsAnyOf(200, 402);
			assertThat(this.books.budget(team).get("held").stringValue()).isEqualTo(heldThen);
		}
	}

	@Test
	void revokedKeyOpensNothingOnTheOtherReplicaFiveSecondsLater() throws Exception {
		TestBooks.Team team = this.books.team();
		String keys = "/v1/admin/teams/%s/keys".formatted(team.id());
		assertThat(askOther(team)).isEqualTo(200);
		String key = TestGateway.json(this.books.finance(HttpMethod.GET, keys, null)).at("/data/0/id").stringValue();
		this.books.finance(HttpMethod.DELETE, keys + "/" + key, null).expectStatus().isOk();
		await().atMost(Duration.ofSeconds(5)).until(() -> askOther(team) == 401);
	}

	private int askOther(TestBooks.Team team) throws IOException, InterruptedException {
		try (HttpClient client = HttpClient.newHttpClient()) {
			HttpRequest request = HttpRequest
				.newBuilder(URI.create("http://127.0.0.1:%s/v1/budget"
					.formatted(this.other.getEnvironment().getRequiredProperty("local.server.port"))))
				.header("Authorization", "Bearer " + team.key())
				.build();
			return client.send(request, BodyHandlers.discarding()).statusCode();
		}
	}

	/** Submit videos at once, to each replica in turn, and return the statuses. */
	private List<Integer> submit(TestBooks.Team team, int count) throws Exception {
		List<Integer> ports = List.of(this.port,
				this.other.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
		try (HttpClient client = HttpClient.newHttpClient();
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<Integer>> answers = IntStream.range(0, count)
				.mapToObj((i) -> threads.submit(() -> submit(client, ports.get(i % ports.size()), team)))
				.toList();
			List<Integer> statuses = new ArrayList<>();
			for (Future<Integer> answer : answers) {
				statuses.add(answer.get());
			}
			return statuses;
		}
	}

	private static int submit(HttpClient client, int port, TestBooks.Team team) throws Exception {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:%d/v1/videos/generations".formatted(port)))
			.header("Authorization", "Bearer " + team.key())
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(TestBooks.VIDEO))
			.build();
		return client.send(request, BodyHandlers.discarding()).statusCode();
	}

}
