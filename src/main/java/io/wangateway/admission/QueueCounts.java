package io.wangateway.admission;

import io.wangateway.generation.GenerationMoved;
import io.wangateway.generation.GenerationState;

import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps count of who waits, as generations leave the queue and return to it. Accepting
 * counts its own. Last among the listeners, since the queue is locked after the account.
 */
@Component
class QueueCounts {

	private final JdbcClient jdbc;

	QueueCounts(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@EventListener
	@Order(Ordered.LOWEST_PRECEDENCE)
	void count(GenerationMoved moved) {
		if (moved.from() == GenerationState.QUEUED) {
			add(moved, -1);
		}
		else if (moved.to() == GenerationState.QUEUED) {
			add(moved, 1);
		}
	}

	private void add(GenerationMoved moved, int change) {
		this.jdbc.sql("update queue set queued = queued + :change where lane = :lane and team_id = :team")
			.param("change", change)
			.param("lane", moved.generation().lane())
			.param("team", moved.team().value())
			.update();
	}

}
