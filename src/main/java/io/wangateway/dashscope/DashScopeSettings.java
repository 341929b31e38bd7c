package io.wangateway.dashscope;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the gateway reaches DashScope.
 *
 * @param apiKey the central key; without it, and without a file, there is no live account
 * @param apiKeyFile a file that holds the key, for secrets that a container mounts
 * @param baseUrl the address of the native API, up to and including {@code /api/v1}
 * @param workspace the id of a sub-workspace to run in; empty for the key's own
 * @param connectTimeout how long a connection may take to be made
 * @param responseTimeout how long DashScope may take to begin its answer
 * @param callTimeout how long a whole call may take, from connecting to the last byte
 * @param uploadTimeout how long a whole upload may take
 * @param maxAnswerSize the largest answer that is read
 */
@ConfigurationProperties("gateway.dashscope")
public record DashScopeSettings(@DefaultValue("") String apiKey, @DefaultValue("") String apiKeyFile,
		@DefaultValue("https://dashscope.aliyuncs.com/api/v1") String baseUrl, @DefaultValue("") String workspace,
		@DefaultValue("5s") Duration connectTimeout, @DefaultValue("30s") Duration responseTimeout,
		@DefaultValue("40s") Duration callTimeout, @DefaultValue("5m") Duration uploadTimeout,
		@DefaultValue("1MB") DataSize maxAnswerSize) {

	/**
	 * Return the live account.
	 * @return the account, or nothing if there is no key
	 */
	public Optional<DashScopeAccount> account() {
		return this.apiKey.isEmpty() ? Optional.empty()
				: Optional.of(new DashScopeAccount(URI.create(this.baseUrl), this.apiKey, null));
	}

	/** The key is masked. */
	@Override
	public String toString() {
		return "DashScopeSettings[baseUrl=" + this.baseUrl + ", apiKey=" + (this.apiKey.isEmpty() ? "none" : "…") + "]";
	}

}
