package io.wangateway.alert;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Calls for a person. An alert is open from the first time it is raised until it is
 * resolved; raising it again meanwhile changes nothing. Both join the caller's
 * transaction, if there is one, and are told to the log and the counter after it.
 */
@Component
public class Alerts {

	private final JdbcClient jdbc;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Alerts(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
		this.jdbc = jdbc;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Open an alert, unless it is open already.
	 * @param kind what is wrong, in words joined by underscores; a label of the counter,
	 * so one of few
	 * @param subject what it is wrong with, such as a lane's name or a task's id
	 * @param detail a sentence for ops
	 */
	@Transactional
	public void raise(String kind, String subject, String detail) {
		boolean opened = this.jdbc.sql("""
				insert into alert (kind, subject, detail, since) values (:kind, :subject, :detail, :now)
				    on conflict (kind, subject) where resolved_at is null do nothing
				""")
			.param("kind", kind)
			.param("subject", subject)
			.param("detail", detail)
			.param("now", now())
			.update() > 0;
		if (opened) {
			this.events.publishEvent(new AlertOpened(kind, subject, detail));
		}
	}

	/**
	 * Close an alert, if it is open.
	 * @param kind the kind it was raised with
	 * @param subject the subject it was raised with
	 */
	@Transactional
	public void resolve(String kind, String subject) {
		this.jdbc.sql("""
				update alert set resolved_at = :now
				 where kind = :kind and subject = :subject and resolved_at is null
				""").param("kind", kind).param("subject", subject).param("now", now()).update();
	}

	private OffsetDateTime now() {
		return this.clock.instant().atOffset(ZoneOffset.UTC);
	}

}
