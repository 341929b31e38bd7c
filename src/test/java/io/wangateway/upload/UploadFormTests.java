package io.wangateway.upload;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

import io.wangateway.store.Draft;
import io.wangateway.store.Drafts;
import io.wangateway.web.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Forms as they arrive. */
class UploadFormTests {

	@TempDir
	private Path folder;

	@Test
	void fileThatTakesTooLongToArriveIsGivenUp() {
		try (Draft draft = Drafts.open(this.folder)) {
			assertThatExceptionOfType(ApiException.class)
				.isThrownBy(() -> UploadForm.read(form(), UploadKind.IMAGE, draft, Duration.ZERO))
				.withMessage("The body took longer than 0 seconds to arrive");
		}
	}

	@Test
	void fileThatArrivesInTimeIsInTheDraft() {
		try (Draft draft = Drafts.open(this.folder)) {
			UploadForm.read(form(), UploadKind.IMAGE, draft, Duration.ofMinutes(1));
			assertThat(draft.length()).isEqualTo(5);
		}
	}

	private static MockHttpServletRequest form() {
		MockHttpServletRequest request = new MockHttpServletRequest("POST", "/v1/uploads/images");
		request.setContentType("multipart/form-data; boundary=b");
		request
			.setContent("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nbytes\r\n--b--\r\n"
				.getBytes(StandardCharsets.US_ASCII));
		return request;
	}

}
