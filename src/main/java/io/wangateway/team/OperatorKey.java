package io.wangateway.team;

import java.time.Instant;

import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/**
 * An operator, who is their key. A deleted one stays on record, because the audit trail
 * names them.
 */
@Entity
@Table(name = "operator")
class OperatorKey {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private int id;

	private String name;

	@Convert(converter = RoleCodes.class)
	private Role role;

	@SuppressWarnings("UnusedVariable") // read by SQL
	private byte[] hash;

	private String redacted;

	private Instant createdAt;

	private @Nullable Instant lastUsedAt;

	private @Nullable Instant deletedAt;

	OperatorKey(String name, Role role, KeySecret secret, Instant now) {
		this.name = name;
		this.role = role;
		this.hash = secret.hash();
		this.redacted = secret.redacted();
		this.createdAt = now;
	}

	@SuppressWarnings("NullAway.Init") // Hibernate fills it
	protected OperatorKey() {
	}

	/** May not do anything any more. */
	void delete(Instant now) {
		this.deletedAt = now;
	}

	Role role() {
		return this.role;
	}

	/** Return the operator as admins see them, without their key. */
	OperatorView view() {
		return new OperatorView(new OperatorId(this.id), "operator", this.name, this.role, this.redacted,
				this.createdAt, this.lastUsedAt, this.deletedAt, null);
	}

}
