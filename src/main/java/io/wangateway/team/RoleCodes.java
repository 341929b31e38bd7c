package io.wangateway.team;

import jakarta.persistence.AttributeConverter;

/** Writes roles to the database as callers see them. */
class RoleCodes implements AttributeConverter<Role, String> {

	@Override
	public String convertToDatabaseColumn(Role role) {
		return role.code();
	}

	@Override
	public Role convertToEntityAttribute(String code) {
		return Role.of(code);
	}

}
