package io.wangateway.operations;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

import io.wangateway.admission.DoubtRulings;
import io.wangateway.dashscope.TaskStatus;
import io.wangateway.following.Cancelling;
import io.wangateway.following.LostTasks;
import io.wangateway.following.StatusPoller;
import io.wangateway.generation.GenerationId;
import io.wangateway.generation.GenerationState;
import io.wangateway.ledger.Adjustment;
import io.wangateway.pricing.Money;
import io.wangateway.team.Audit;
import io.wangateway.team.Caller.Operator;
import io.wangateway.web.Fields;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lets ops act on a generation. Each deed has a reason, which is kept with it.
 */
@RestController
@RequestMapping("/v1/admin/tasks/{id}")
class TaskActionController {

	private static final String UPSTREAM_TASK_ID = "upstream_task_id";

	private static final int MAX_ID = 128;

	private static final int PLACES = 8;

	private final TaskDetails details;

	private final StatusPoller poller;

	private final Cancelling cancelling;

	private final DoubtRulings doubts;

	private final LostTasks lost;

	private final Audit audit;

	private final TransactionTemplate transactions;

	TaskActionController(TaskDetails details, StatusPoller poller, Cancelling cancelling, DoubtRulings doubts,
			LostTasks lost, Audit audit, TransactionTemplate transactions) {
		this.details = details;
		this.poller = poller;
		this.cancelling = cancelling;
		this.doubts = doubts;
		this.lost = lost;
		this.audit = audit;
		this.transactions = transactions;
	}

	@PostMapping("/poll")
	TaskDetail poll(Operator operator, @PathVariable String id, @RequestBody ObjectNode body)
			throws InterruptedException {
		Deed deed = begin(operator, "task.poll", id, new Fields(body));
		this.poller.pollNow(deed.id().value());
		return record(deed);
	}

	@PostMapping("/cancel")
	TaskDetail cancel(Operator operator, @PathVariable String id, @RequestBody ObjectNode body) {
		Deed deed = begin(operator, "task.cancel", id, new Fields(body));
		this.cancelling.cancel(deed.id().value(), "ops");
		return record(deed);
	}

	@PostMapping("/adopt")
	TaskDetail adopt(Operator operator, @PathVariable String id, @RequestBody ObjectNode body)
			throws InterruptedException {
		Fields fields = new Fields(body);
		String upstreamTaskId = fields.text(UPSTREAM_TASK_ID, null, MAX_ID);
		Deed deed = begin(operator, "task.adopt", id, fields).with(UPSTREAM_TASK_ID, upstreamTaskId);
		TaskStatus status = this.doubts.look(deed.before().livemode(), upstreamTaskId);
		return carryOut(deed, () -> {
			if (deed.before().state() == GenerationState.LOST) {
				this.lost.adopt(deed.id().value(), status, operator.name(), deed.reason());
			}
			else {
				this.doubts.adopt(deed.id().value(), upstreamTaskId, status);
			}
		});
	}

	@PostMapping("/resubmit")
	TaskDetail resubmit(Operator operator, @PathVariable String id, @RequestBody ObjectNode body) {
		Deed deed = begin(operator, "task.resubmit", id, new Fields(body));
		return carryOut(deed, () -> this.doubts.resubmit(deed.id().value()));
	}

	@PostMapping("/write_off")
	TaskDetail writeOff(Operator operator, @PathVariable String id, @RequestBody ObjectNode body) {
		Fields fields = new Fields(body);
		Money charge = new Money(fields.decimal("charge", BigDecimal.ZERO, BigDecimal.valueOf(1_000_000), PLACES));
		Deed deed = begin(operator, "task.write_off", id, fields).with("charge", charge);
		return carryOut(deed, () -> this.lost.writeOff(deed.id().value(), charge, operator.name(), deed.reason()));
	}

	private Deed begin(Operator operator, String action, String id, Fields fields) {
		String reason = Adjustment.reason(fields);
		fields.check();
		return new Deed(operator, action, this.details.get(TaskController.known(id)).task(), Map.of("reason", reason));
	}

	private TaskDetail carryOut(Deed deed, Runnable step) {
		this.transactions.executeWithoutResult((_) -> {
			step.run();
			audit(deed);
		});
		return this.details.get(deed.id());
	}

	/** Upstream was asked in between, so the deed is done by now. */
	private TaskDetail record(Deed deed) {
		this.transactions.executeWithoutResult((_) -> audit(deed));
		return this.details.get(deed.id());
	}

	private void audit(Deed deed) {
		this.audit.record(deed.operator(), deed.action(), deed.id().toString(), Map.of("state", deed.before().state()),
				deed.details());
	}

	/**
	 * What an operator does.
	 *
	 * @param operator who
	 * @param action what, in the audit's words
	 * @param before the generation as it was before
	 * @param details the reason, and what else they decided
	 */
	private record Deed(Operator operator, String action, TaskSummary before, Map<String, Object> details) {

		GenerationId id() {
			return this.before.id();
		}

		String reason() {
			return String.valueOf(this.details.get("reason"));
		}

		Deed with(String name, Object value) {
			Map<String, Object> more = new LinkedHashMap<>(this.details);
			more.put(name, value);
			return new Deed(this.operator, this.action, this.before, more);
		}

	}

}
