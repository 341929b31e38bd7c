package io.wangateway.sandbox;

import java.io.IOException;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Closes the connection after a request that asks for it, with whatever has been sent by
 * then. Servlets have no means to do so.
 */
class CutConnections extends ValveBase {

	/** The request attribute that asks for it. */
	static final String CUT = CutConnections.class.getName();

	CutConnections() {
		super(true);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		getNext().invoke(request, response);
		if (request.getAttribute(CUT) != null) {
			response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
		}
	}

}
