package io.wangateway.usage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/**
 * Shows a statement as a page that prints well. It has no scripts, and the one style that
 * its policy allows.
 */
@Component
class StatementPage {

	private final ITemplateEngine templates;

	private final String style;

	StatementPage(ITemplateEngine templates, @Value("classpath:templates/statement.css") Resource style)
			throws IOException {
		this.templates = templates;
		this.style = style.getContentAsString(StandardCharsets.UTF_8);
	}

	String render(Statement statement) {
		Context context = new Context(Locale.ROOT);
		context.setVariable("statement", statement);
		context.setVariable("style", this.style);
		return this.templates.process("statement", context);
	}

	/** The content security policy of the page. */
	String policy() {
		return "default-src 'none'; frame-ancestors 'none'; style-src 'sha256-%s'"
			.formatted(Base64.getEncoder().encodeToString(sha256(this.style)));
	}

	private static byte[] sha256(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JDK has SHA-256", ex);
		}
	}

}
