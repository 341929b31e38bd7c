package io.wangateway.generation;

import java.util.UUID;

import org.springframework.stereotype.Component;

/**
 * This process, among those that share the database.
 */
@Component
public class Replica {

	private final String name = ProcessHandle.current().pid() + "-" + UUID.randomUUID().toString().substring(0, 8);

	/** A name that no other process has or had. */
	@Override
	public String toString() {
		return this.name;
	}

}
