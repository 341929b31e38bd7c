package io.wangateway.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The drills in short form, on one pair of replicas; at length they run from drills/. */
class DrillTests {

	private static Cluster cluster;

	@BeforeAll
	static void start(@TempDir Path folder) throws InterruptedException {
		cluster = new Cluster(folder, 2, 40, 40);
	}

	@AfterAll
	static void stop() {
		if (cluster != null) {
			cluster.close();
		}
	}

	@Test
	void killedReplicasLoseAndDoubleNothing() throws InterruptedException {
		assertGood(Kill9.run(cluster, 2, 0));
	}

	@Test
	void pausedReplicasLoseAndDoubleNothing() throws InterruptedException {
		assertGood(Pause.run(cluster, 1, 10_000));
	}

	@Test
	void restartedDatabaseLosesAndDoublesNothing() throws InterruptedException {
		assertGood(DatabaseRestart.run(cluster, 2, 20_000));
	}

	@Test
	void terminatedReplicaFinishesWhatIsUnderWayAndAcceptsNoMore() throws InterruptedException {
		Gateway leaving = cluster.gateways().getFirst();
		String key = leaving.liveKey("leaving", "");
		cluster.gateways().forEach((gateway) -> submitSlowly(gateway, key));
		String attempts = "select count(*) from attempt where replica like '%d-%%' and outcome "
			.formatted(leaving.pid());
		Awaitility.await().until(() -> cluster.database().number(attempts + "is null") > 0);
		long start = System.nanoTime();
		leaving.askToEnd();
		Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> !leaving.isReady());
		assertThat(leaving.isAlive()).as("not ready before it has finished").isTrue();
		leaving.awaitEnd();
		assertThat(leaving.isAlive()).isFalse();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
		assertThat(cluster.database().number(attempts + "is null")).isZero();
		assertThat(cluster.database().number(attempts + "= 'accepted'")).isPositive();
		leaving.launch();
		leaving.awaitReady();
	}

	/**
	 * Its servers had begun, and would keep it for ever, where nobody starts it again.
	 */
	@Test
	void replicaThatCanNotStartEnds() throws InterruptedException {
		Gateway failing = cluster.gateways().getFirst();
		cluster.database().execute("""
				create function no_lanes() returns trigger language plpgsql as $$ begin raise 'no lanes today'; end $$;
				create trigger no_lanes before insert on lane execute function no_lanes()""");
		try {
			failing.kill();
			failing.launch();
			failing.awaitEnd();
			assertThat(failing.isAlive()).isFalse();
		}
		finally {
			cluster.database().execute("drop trigger no_lanes on lane; drop function no_lanes()");
			failing.kill();
			failing.launch();
			failing.awaitReady();
		}
	}

	/** Upstream takes a second to answer for each. */
	private static void submitSlowly(Gateway gateway, String key) {
		try (HttpConnection connection = new HttpConnection(gateway.port(), 10_000)) {
			for (int i = 0; i < 40; i++) {
				assertThat(connection.send(HttpConnection.request("POST", "/v1/videos/generations", key, "", """
						{"model":"wan2.6-flash","image_urls":["https://example.com/a.jpg"],
						 "prompt":"slow %s [[sim:slow=1]]"}""".formatted(UUID.randomUUID())))).isEqualTo(200);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void assertGood(Reckoning reckoning) {
		assertThat(reckoning.faults()).as(reckoning::toString).isEmpty();
		assertThat(reckoning.accepted()).isPositive();
	}

}
