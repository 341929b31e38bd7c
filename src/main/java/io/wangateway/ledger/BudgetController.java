package io.wangateway.ledger;

import io.wangateway.team.Audit;
import io.wangateway.team.Caller.Operator;
import io.wangateway.team.Caller.TeamCaller;
import io.wangateway.team.TeamId;
import io.wangateway.web.Fields;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Shows teams their budget, and lets finance decide it. */
@RestController
class BudgetController {

	private final Budgets budgets;

	private final Accounts accounts;

	private final Audit audit;

	BudgetController(Budgets budgets, Accounts accounts, Audit audit) {
		this.budgets = budgets;
		this.accounts = accounts;
		this.audit = audit;
	}

	@GetMapping("/v1/budget")
	Budget own(TeamCaller caller) {
		return this.budgets.of(caller.team(), caller.livemode());
	}

	@GetMapping("/v1/admin/teams/{id}/budget")
	Budget get(@PathVariable TeamId id) {
		return this.budgets.of(id, true);
	}

	@PutMapping("/v1/admin/teams/{id}/budget")
	@Transactional
	Budget set(Operator operator, @PathVariable TeamId id, @RequestBody ObjectNode body) {
		BudgetLimit limit = BudgetLimit.read(new Fields(body));
		Budget before = lock(id);
		this.budgets.set(id, limit);
		this.audit.record(operator, "budget.set", id.toString(), before.decided(), limit);
		return this.budgets.of(id, true);
	}

	@DeleteMapping("/v1/admin/teams/{id}/budget")
	@Transactional
	Budget remove(Operator operator, @PathVariable TeamId id) {
		Budget before = lock(id);
		if (before.limit() == null) {
			return before;
		}
		this.budgets.remove(id);
		this.audit.record(operator, "budget.remove", id.toString(), before.decided(), null);
		return this.budgets.of(id, true);
	}

	/** The budget as it stays until this transaction ends. */
	private Budget lock(TeamId team) {
		this.accounts.lock(team, true);
		return this.budgets.of(team, true);
	}

}
