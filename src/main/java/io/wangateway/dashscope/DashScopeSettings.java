package io.wangateway.dashscope;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
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
 * @param callTimeout how long a whole call may take, from connecting to the last byte;
 * what a process that died was sending is taken over that long after it
 * @param uploadTimeout how long a whole upload may take
 * @param maxAnswerSize the largest answer that is read
 */
@ConfigurationProperties("gateway.dashscope")
public record DashScopeSettings(@DefaultValue("") String apiKey, @DefaultValue("") String apiKeyFile,
		@DefaultValue(DEFAULT_URL) String baseUrl, @DefaultValue("") String workspace,
		@DefaultValue("5s") Duration connectTimeout, @DefaultValue("15s") Duration responseTimeout,
		@DefaultValue("20s") Duration callTimeout, @DefaultValue("5m") Duration uploadTimeout,
		@DefaultValue("1MB") DataSize maxAnswerSize) {

	private static final String DEFAULT_URL = "https://dashscope.aliyuncs.com/api/v1";

	public DashScopeSettings {
		Assert.isTrue(apiKey.isBlank() || apiKeyFile.isBlank(),
				"DASHSCOPE_API_KEY and DASHSCOPE_API_KEY_FILE are both set; set one of them");
		apiKey = apiKeyFile.isBlank() ? apiKey.strip() : read(Path.of(apiKeyFile.strip()));
		baseUrl = DashScopeAccount.checkedUrl(baseUrl.isBlank() ? DEFAULT_URL : baseUrl).toString();
		DashScopeAccount.checkKey(apiKey);
		for (Duration timeout : new Duration[] { connectTimeout, responseTimeout, callTimeout, uploadTimeout }) {
			Assert.isTrue(timeout.isPositive(), "The time-outs of gateway.dashscope must be longer than nothing");
		}
		Assert.isTrue(maxAnswerSize.toBytes() > 0 && maxAnswerSize.toMegabytes() <= 64,
				"gateway.dashscope.max-answer-size must be at least 1 byte and at most 64MB");
	}

	private static String read(Path file) {
		try {
			String key = Files.readString(file).strip();
			Assert.isTrue(!key.isEmpty(), "DASHSCOPE_API_KEY_FILE names a file without a key in it: " + file);
			return key;
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("DASHSCOPE_API_KEY_FILE names a file that cannot be read: " + file, ex);
		}
	}

	/**
	 * Return the live account.
	 * @return the account, or nothing if no key is set
	 */
	public Optional<DashScopeAccount> account() {
		if (this.apiKey.isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(new DashScopeAccount(URI.create(this.baseUrl), this.apiKey,
				this.workspace.isBlank() ? null : this.workspace.strip()));
	}

	/** The key is masked. */
	@Override
	public String toString() {
		return "DashScopeSettings[baseUrl=" + this.baseUrl + ", apiKey=" + (this.apiKey.isEmpty() ? "none" : "…") + "]";
	}

}
