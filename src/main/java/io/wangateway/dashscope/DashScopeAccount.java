package io.wangateway.dashscope;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Which DashScope to speak to, and as whom. Key, address and models must be of the same
 * region.
 *
 * @param baseUrl the address of the native API, up to and including {@code /api/v1}
 * @param apiKey the key
 * @param workspace the id of a sub-workspace to run in, or {@code null} for the key's own
 */
public record DashScopeAccount(URI baseUrl, String apiKey, @Nullable String workspace) {

	private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7e]*");

	public DashScopeAccount {
		baseUrl = checkedUrl(baseUrl.toString());
		Assert.isTrue(!apiKey.isEmpty(), "An account needs a key");
		checkKey(apiKey);
	}

	/**
	 * Check that a key, perhaps none, can travel in a header.
	 * @param text the key, never repeated
	 * @throws IllegalArgumentException with a sentence for whoever set it
	 */
	static void checkKey(String text) {
		Assert.isTrue(HEADER_VALUE.matcher(text).matches(),
				"The DashScope key (DASHSCOPE_API_KEY) must consist of visible ASCII characters only");
	}

	/**
	 * Check the address of an account.
	 * @param text the address
	 * @return the address, without a slash at its end
	 * @throws IllegalArgumentException with a sentence for whoever set it
	 */
	static URI checkedUrl(String text) {
		try {
			URI url = new URI(StringUtils.trimTrailingCharacter(text.strip(), '/'));
			boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
			if (http && url.getHost() != null && url.getUserInfo() == null && url.getQuery() == null
					&& url.getFragment() == null) {
				return url;
			}
		}
		catch (URISyntaxException ex) {
			// The sentence below says it.
		}
		throw new IllegalArgumentException("The DashScope address (DASHSCOPE_HTTP_BASE_URL) must be an absolute http "
				+ "or https URL without user, query and fragment, such as https://dashscope.aliyuncs.com/api/v1; "
				+ "it is \"" + text.replaceFirst("//[^/]*@", "//…@") + "\"");
	}

	/** The key is masked. */
	@Override
	public String toString() {
		return "DashScopeAccount[baseUrl=" + this.baseUrl + ", apiKey=…, workspace=" + this.workspace + "]";
	}

}
