package io.wangateway.team;

import org.hibernate.exception.ConstraintViolationException;

import org.springframework.dao.DataIntegrityViolationException;

/** Tells which of the database's constraints a change would have broken. */
final class Constraints {

	private Constraints() {
	}

	/**
	 * Tell whether it was this constraint that refused a change, and not some other.
	 * @param name the constraint, or the index that enforces it
	 * @param ex what the change ended with
	 */
	static boolean isBroken(String name, DataIntegrityViolationException ex) {
		return ex.getCause() instanceof ConstraintViolationException cause && name.equals(cause.getConstraintName());
	}

}
