package io.wangateway.dashscope;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * Which DashScope to speak to, and as whom. Key, address and models must be of the same
 * region.
 *
 * @param baseUrl the address of the native API, up to and including {@code /api/v1}
 * @param apiKey the key
 * @param workspace the id of a sub-workspace to run in, or {@code null} for the key's own
 */
public record DashScopeAccount(URI baseUrl, String apiKey, @Nullable String workspace) {

	/** The key is masked. */
	@Override
	public String toString() {
		return "DashScopeAccount[baseUrl=" + this.baseUrl + ", apiKey=…, workspace=" + this.workspace + "]";
	}

}
