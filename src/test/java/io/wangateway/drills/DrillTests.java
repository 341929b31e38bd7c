package io.wangateway.drills;

import java.nio.file.Path;

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

	private static void assertGood(Reckoning reckoning) {
		assertThat(reckoning.faults()).as(reckoning::toString).isEmpty();
		assertThat(reckoning.accepted()).isPositive();
	}

}
