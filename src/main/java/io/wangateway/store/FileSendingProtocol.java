package io.wangateway.store;

import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;

/**
 * Tomcat's HTTP, which also tells whether files are being sent. Public since Tomcat makes
 * it, by its name.
 */
public final class FileSendingProtocol extends Http11NioProtocol {

	boolean isSending() {
		return getEndpoint().getConnections()
			.stream()
			.anyMatch((socket) -> socket instanceof NioSocketWrapper wrapper && wrapper.getSendfileData() != null);
	}

}
