package io.wangateway.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.wangateway.store.Draft;
import io.wangateway.store.StoreException;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import io.wangateway.web.TimedBody;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.servlet.ServletRequestContext;

/**
 * Reads the form that brings a file, part by part as it comes, so that nothing but the
 * draft ever has it whole.
 */
final class UploadForm {

	private static final String FILE = "file";

	private static final String PURPOSE = "purpose";

	/** The only purpose that there is. */
	private static final String GENERATION = "generation";

	/** Beside the file: names of parts, their heads, the purpose. */
	private static final int FRAME = 1 << 16;

	/** File names are part of it, and may be long in other alphabets. */
	private static final int LONGEST_HEAD = 1 << 13;

	/** How much of a file that is not taken is read, so that its sender hears of it. */
	private static final long DRAINED = 256L << 20;

	private final UploadKind kind;

	private final Draft draft;

	private final List<String> seen = new ArrayList<>();

	private UploadForm(UploadKind kind, Draft draft) {
		this.kind = kind;
		this.draft = draft;
	}

	/**
	 * Read a form into a draft.
	 * @param request what brings the form
	 * @param kind what the file should be
	 * @param draft takes the file
	 * @param limit how long the form may take to arrive
	 * @throws ApiException if the form is broken or has something else in it, or the file
	 * is too large
	 * @throws StoreException if the disk is full
	 */
	static void read(HttpServletRequest request, UploadKind kind, Draft draft, Duration limit) {
		if (!isForm(request)) {
			throw new ApiException(ErrorCode.UNSUPPORTED_MEDIA_TYPE,
					"Content-Type must be multipart/form-data, with the file in the part named file");
		}
		UploadForm form = new UploadForm(kind, draft);
		try {
			form.read(request, new TimedBody(request.getInputStream(), limit));
		}
		catch (IOException _) {
			throw broken();
		}
	}

	private static boolean isForm(HttpServletRequest request) {
		String contentType = request.getContentType();
		return contentType != null && contentType.regionMatches(true, 0, "multipart/form-data", 0, 19);
	}

	private static ApiException broken() {
		return new ApiException(ErrorCode.INVALID_REQUEST,
				"The body is not the multipart/form-data that its Content-Type announces, or it broke off");
	}

	private void read(HttpServletRequest request, InputStream body) throws IOException {
		if (request.getContentLengthLong() > this.kind.maxBytes() + FRAME) {
			drain(body);
			throw tooLarge();
		}
		FileUpload form = new FileUpload();
		form.setPartHeaderSizeMax(LONGEST_HEAD);
		FileItemIterator parts = form.getItemIterator(new Body(request, body));
		while (parts.hasNext()) {
			FileItemStream part = parts.next();
			if (this.seen.contains(part.getFieldName())) {
				throw ApiException.invalid(part.getFieldName(), "The form has more than one part of this name");
			}
			this.seen.add(part.getFieldName());
			try (InputStream content = part.openStream()) {
				readPart(part, content, body);
			}
		}
		if (!this.seen.contains(FILE)) {
			throw ApiException.invalid(FILE, "file is required as a part of the form");
		}
	}

	private void readPart(FileItemStream part, InputStream content, InputStream body) throws IOException {
		switch (part.getFieldName()) {
			case FILE -> {
				if (!append(content, body)) {
					drain(body);
					throw tooLarge();
				}
			}
			case PURPOSE -> {
				String purpose = new String(content.readNBytes(GENERATION.length() + 1), StandardCharsets.UTF_8);
				if (!purpose.equals(GENERATION)) {
					throw ApiException.invalid(PURPOSE, "purpose must be generation");
				}
			}
			default -> throw ApiException.invalid(part.getFieldName(), "The form may have file and purpose only");
		}
	}

	private boolean append(InputStream content, InputStream body) throws IOException {
		try {
			return this.draft.append(content, this.kind.maxBytes());
		}
		catch (StoreException ex) {
			drain(body);
			throw ex;
		}
	}

	private ApiException tooLarge() {
		return ApiException.invalid(FILE, this.kind.tooLarge());
	}

	/** An answer before the end of a request is lost on many clients. */
	private static void drain(InputStream rest) throws IOException {
		byte[] buffer = new byte[1 << 16];
		long drained = 0;
		for (int read = rest.read(buffer); read >= 0 && drained < DRAINED; read = rest.read(buffer)) {
			drained += read;
		}
	}

	/** The request as the parser reads it. */
	private static final class Body extends ServletRequestContext {

		private final InputStream body;

		Body(HttpServletRequest request, InputStream body) {
			super(request);
			this.body = body;
		}

		@Override
		public InputStream getInputStream() {
			return this.body;
		}

	}

}
