package io.wangateway.store;

import java.nio.file.Path;
import java.time.Clock;

/** Files that are being made, for tests of others. */
public final class Drafts {

	private Drafts() {
	}

	/** Begin a file in a folder. */
	public static Draft open(Path folder) {
		return new Spool(folder, 0, Clock.systemUTC()).open("draft");
	}

}
