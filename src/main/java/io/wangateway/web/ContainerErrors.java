package io.wangateway.web;

import java.io.IOException;
import java.io.UncheckedIOException;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * Answers what Tomcat refuses by itself, such as a broken request line, a header that is
 * too long or a body that stops, in the error envelope.
 */
class ContainerErrors extends ErrorReportValve {

	private final ErrorWriter errors;

	ContainerErrors(ErrorWriter errors) {
		this.errors = errors;
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
