package io.wangateway.finance;

import java.time.YearMonth;

import io.wangateway.generation.Generation;
import io.wangateway.generation.GenerationId;
import io.wangateway.generation.Generations;
import io.wangateway.ledger.Adjustment;
import io.wangateway.ledger.Adjustments;
import io.wangateway.pricing.Money;
import io.wangateway.team.Audit;
import io.wangateway.team.Caller.Operator;
import io.wangateway.team.TeamId;
import io.wangateway.web.ApiException;
import io.wangateway.web.CalendarMonth;
import io.wangateway.web.ErrorCode;
import io.wangateway.web.Fields;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lets finance correct what was charged. Nothing in the books is changed for it: a
 * correction is one more entry, in the present month.
 */
@RestController
class AdjustmentController {

	private final Generations generations;

	private final Adjustments adjustments;

	private final Audit audit;

	AdjustmentController(Generations generations, Adjustments adjustments, Audit audit) {
		this.generations = generations;
		this.adjustments = adjustments;
		this.audit = audit;
	}

	@PostMapping("/v1/admin/tasks/{id}/adjust")
	@Transactional
	ResponseEntity<EntryView> adjustTask(Operator operator, @PathVariable String id,
			@RequestHeader("Idempotency-Key") String key, @RequestBody ObjectNode body) {
		Fields fields = new Fields(body);
		Money amount = Adjustment.amount(fields);
		String reason = Adjustment.reason(fields);
		fields.check();
		Generation task = GenerationId.parse(id)
			.flatMap((known) -> this.generations.lock(known.value()))
			.orElseThrow(() -> new ApiException(ErrorCode.TASK_NOT_FOUND, "There is no task " + id));
		if (task.charged() == null) {
			throw new ApiException(ErrorCode.NOT_COMPLETED,
					"%s is %s and not settled yet, so there is nothing to correct".formatted(id, task.state()));
		}
		return post(operator, key,
				new Adjustment(task.id().value(), task.team(), task.livemode(), amount, reason, null));
	}

	@PostMapping("/v1/admin/ledger/adjustments")
	@Transactional
	ResponseEntity<EntryView> adjustTeam(Operator operator, @RequestHeader("Idempotency-Key") String key,
			@RequestBody ObjectNode body) {
		Fields fields = new Fields(body);
		TeamId team = fields.parsed("team", "the id of a team, such as team_7", TeamId::of, new TeamId(0));
		Money amount = Adjustment.amount(fields);
		String reason = Adjustment.reason(fields);
		YearMonth month = fields.optionalParsed("month", "a month such as 2026-11", CalendarMonth::of);
		fields.check();
		return post(operator, key, new Adjustment(null, team, true, amount, reason, month));
	}

	private ResponseEntity<EntryView> post(Operator operator, String key, Adjustment adjustment) {
		Adjustments.Posted posted = this.adjustments.post(operator, key, adjustment);
		EntryView entry = EntryView.of(posted.entry());
		if (posted.replayed()) {
			return ResponseEntity.ok().header("Idempotent-Replayed", "true").body(entry);
		}
		String subject = (entry.task() != null) ? entry.task().toString() : entry.team().toString();
		this.audit.record(operator, "ledger.adjust", subject, null, entry);
		return ResponseEntity.ok(entry);
	}

}
