package io.wangateway.openapi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the description, and the page on which people read it and try the routes. */
@RestController
class DescriptionController {

	/**
	 * Everything is our own, nothing is inline; the images are inside the style sheet.
	 */
	private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
			+ "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	private final Description description;

	private final String page;

	DescriptionController(Description description) throws IOException {
		this.description = description;
		this.page = new ClassPathResource("openapi/page.html").getContentAsString(StandardCharsets.UTF_8);
	}

	@GetMapping(path = "/v3/api-docs", produces = MediaType.APPLICATION_JSON_VALUE)
	byte[] description() {
		return this.description.published();
	}

	@GetMapping(path = "/docs", produces = MediaType.TEXT_HTML_VALUE)
	ResponseEntity<String> page() {
		return ResponseEntity.ok().header("Content-Security-Policy", POLICY).body(this.page);
	}

}
