package io.wangateway.alert;

import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Tells the log and the counter of each alert that was opened, once it is for good. */
@Component
class AlertReporter {

	private static final Logger logger = LoggerFactory.getLogger(AlertReporter.class);

	private final MeterRegistry meters;

	AlertReporter(MeterRegistry meters) {
		this.meters = meters;
	}

	@TransactionalEventListener
	void report(AlertOpened alert) {
		this.meters.counter("gateway.alerts", "kind", alert.kind()).increment();
		logger.error("Alert {} on {}: {}", alert.kind(), alert.subject(), alert.detail());
	}

}
