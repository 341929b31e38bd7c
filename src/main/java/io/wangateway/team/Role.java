package io.wangateway.team;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What an operator is for, and so what an operator may do.
 */
public enum Role {

	/** May do everything. */
	ADMIN,

	/** Prices, budgets, months and reports. */
	FINANCE,

	/** Tasks, lanes and alerts. */
	OPS;

	/** The role as callers and the database see it, such as {@code finance}. */
	@JsonValue
	public String code() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Return the role with a code.
	 * @param code such as {@code finance}
	 * @return the role
	 */
	public static Role of(String code) {
		return valueOf(code.toUpperCase(Locale.ROOT));
	}

}
