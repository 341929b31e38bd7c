package io.wangateway.team;

import java.util.List;

import org.springframework.security.authentication.AbstractAuthenticationToken;

/** What Spring Security keeps of a caller whose key was good. */
class CallerAuthentication extends AbstractAuthenticationToken {

	private final transient KnownKey key;

	CallerAuthentication(KnownKey key) {
		super(List.of());
		this.key = key;
		setAuthenticated(true);
	}

	KnownKey key() {
		return this.key;
	}

	@Override
	public Caller getPrincipal() {
		return this.key.caller();
	}

	@Override
	public String getCredentials() {
		return "";
	}

}
