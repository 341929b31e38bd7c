package io.wangateway.team;

import java.util.Set;

/**
 * Who sent a request, as far as their key tells.
 */
public sealed interface Caller {

	/**
	 * A team, by one of its keys.
	 *
	 * @param team the team
	 * @param teamName its present name
	 * @param key the key
	 * @param livemode whether the key spends money; a sandbox key never does
	 * @param suspended whether the team may not submit at present
	 * @param models the models that the key may use; empty for all
	 */
	record TeamCaller(TeamId team, String teamName, KeyId key, boolean livemode, boolean suspended,
			Set<String> models) implements Caller {
	}

	/**
	 * An operator.
	 *
	 * @param id the number in the database
	 * @param name what they are called in the audit trail
	 * @param role what they may do
	 */
	record Operator(int id, String name, Role role) implements Caller {
	}

}
