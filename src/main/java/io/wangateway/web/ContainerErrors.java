package io.wangateway.web;

import java.io.IOException;
import java.io.UncheckedIOException;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;

/**
 * Answers what Tomcat refuses by itself, such as a broken request line, a header that is
 * too long or a body that stops, in the error envelope; and closes connections whose
 * answer broke off.
 */
class ContainerErrors extends ErrorReportValve {

	/** The request attribute that says that an answer broke off after it had begun. */
	static final String BROKEN_OFF = ContainerErrors.class.getName();

	private final ErrorWriter errors;

	ContainerErrors(ErrorWriter errors) {
		this.errors = errors;
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		super.invoke(request, response);
		if (request.getAttribute(BROKEN_OFF) != null) {
			// Otherwise the caller would wait for the rest, which never comes.
			response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
		}
	}

	@Override
	protected void report(Request request, Response response, @Nullable Throwable failure) {
		int status = response.getStatus();
		if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
			return;
		}
		try {
			this.errors.write((failure instanceof IOException) ? Refusals.brokenOff() : Refusals.ofStatus(status),
					RequestId.of(request), response);
			response.finishResponse();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
