package io.wangateway.alert;

import io.micrometer.core.instrument.MeterRegistry;
import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;

/** What calls for a person, and how it stops calling. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class AlertTests {

	@Autowired
	Alerts alerts;

	@Autowired
	TestGateway gateway;

	@Autowired
	MeterRegistry meters;

	@Autowired
	TransactionOperations transactions;

	@Test
	void openAlertIsRaisedOnce(CapturedOutput output) {
		String lane = TestGateway.name();
		double before = raised("lane_stopped");
		this.alerts.raise("lane_stopped", lane, "The account is in arrears");
		this.alerts.raise("lane_stopped", lane, "The account is in arrears");
		assertThat(raised("lane_stopped") - before).isEqualTo(1);
		assertThat(output.getAll().split("Alert lane_stopped on " + lane, -1)).hasSize(2);
		JsonNode alert = newest();
		assertThat(alert.propertyNames()).containsExactly("id", "object", "kind", "subject", "detail", "since",
				"acknowledged");
		assertThat(alert.get("subject").stringValue()).isEqualTo(lane);
	}

	@Test
	void resolvedAlertCanBeRaisedAgain() {
		String lane = TestGateway.name();
		this.alerts.raise("lane_stopped", lane, "first");
		this.alerts.resolve("lane_stopped", lane);
		assertThat(newest().has("resolved_at")).isTrue();
		this.alerts.raise("lane_stopped", lane, "second");
		assertThat(newest().get("detail").stringValue()).isEqualTo("second");
		this.alerts.resolve("lane_stopped", "some other lane");
		assertThat(newest().has("resolved_at")).isFalse();
	}

	@Test
	void alertOfATransactionThatFailsIsNotRaised() {
		String lane = TestGateway.name();
		double before = raised("lane_stopped");
		this.transactions.executeWithoutResult((transaction) -> {
			this.alerts.raise("lane_stopped", lane, "never");
			transaction.setRollbackOnly();
		});
		assertThat(raised("lane_stopped")).isEqualTo(before);
	}

	@Test
	void whoeverHasSeenItFirstAcknowledges() {
		this.alerts.raise("video_missing", TestGateway.name(), "seen");
		String path = "/v1/admin/alerts/" + newest().get("id").stringValue() + "/acknowledge";
		this.gateway.post(this.gateway.operator("finance"), path, "").expectStatus().isOk();
		this.gateway.post(this.gateway.admin(), path, "").expectStatus().isOk().expectBody().json("""
				{"object": "alert", "kind": "video_missing", "acknowledged": true}""");
		assertThat(newest().get("acknowledged_by").stringValue()).startsWith("test ");
		this.gateway.post(this.gateway.admin(), "/v1/admin/alerts/alert_999999/acknowledge", "")
			.expectStatus()
			.isNotFound();
	}

	@Test
	void listCanBeNarrowedToWhatIsOpen() {
		String open = TestGateway.name();
		String closed = TestGateway.name();
		this.alerts.raise("lane_stopped", open, "x");
		this.alerts.raise("lane_stopped", closed, "x");
		this.alerts.resolve("lane_stopped", closed);
		String list = TestGateway.json(this.gateway.get(this.gateway.admin(), "/v1/admin/alerts?open=true&limit=100"))
			.toString();
		assertThat(list).contains('"' + open + '"').doesNotContain('"' + closed + '"');
	}

	private double raised(String kind) {
		return this.meters.counter("gateway.alerts", "kind", kind).count();
	}

	private JsonNode newest() {
		return TestGateway.json(this.gateway.get(this.gateway.admin(), "/v1/admin/alerts?limit=1")).get("data").get(0);
	}

}
