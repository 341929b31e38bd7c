package io.wangateway.drills;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A connection that carries one HTTP/1.1 request after another, at so little cost that
 * whoever measures a server hardly measures the client. It knows as much of HTTP as the
 * gateway's answers need. Not for several threads.
 */
public final class HttpConnection implements AutoCloseable {

	private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] CHUNKED = "transfer-encoding: chunked".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] CLOSE = "connection: close".getBytes(StandardCharsets.US_ASCII);

	private final int port;

	private final int timeoutMillis;

	private byte[] buffer = new byte[16 * 1024];

	private int filled;

	private int bodyStart;

	private int bodyEnd;

	private Socket socket = new Socket();

	private boolean open;

	/**
	 * Prepare a connection to this machine.
	 * @param port the port
	 * @param timeoutMillis how long each part of an answer may take to come
	 */
	public HttpConnection(int port, int timeoutMillis) {
		this.port = port;
		this.timeoutMillis = timeoutMillis;
	}

	/**
	 * Put a request together.
	 * @param method such as {@code GET}
	 * @param path path and query
	 * @param key the bearer key
	 * @param headers further header lines, each ended by CRLF
	 * @param body the body; empty for none
	 * @return the bytes to send
	 */
	public static byte[] request(String method, String path, String key, String headers, String body) {
		byte[] content = body.getBytes(StandardCharsets.UTF_8);
		String head = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key + "\r\n"
				+ headers + ((content.length > 0)
						? "Content-Type: application/json\r\nContent-Length: " + content.length + "\r\n" : "")
				+ "\r\n";
		byte[] request = Arrays.copyOf(head.getBytes(StandardCharsets.US_ASCII), head.length() + content.length);
		System.arraycopy(content, 0, request, head.length(), content.length);
		return request;
	}

	/**
	 * Send a request and read the answer whole.
	 * @param request the bytes
	 * @return the answer's status; its body is {@link #body()}
	 * @throws IOException if no whole answer came; the next request makes a new
	 * connection
	 */
	public int send(byte[] request) throws IOException {
		boolean complete = false;
		try {
			if (!this.open) {
				connect();
			}
			this.socket.getOutputStream().write(request);
			int status = read(this.socket.getInputStream());
			complete = true;
			return status;
		}
		finally {
			if (!complete) {
				close();
			}
		}
	}

	/** Return the body of the last answer. */
	public String body() {
		return new String(this.buffer, this.bodyStart, this.bodyEnd - this.bodyStart, StandardCharsets.UTF_8);
	}

	/** Return the last answer's head. */
	public String head() {
		return new String(this.buffer, 0, this.bodyStart, StandardCharsets.ISO_8859_1);
	}

	private void connect() throws IOException {
		this.socket = new Socket();
		this.socket.setTcpNoDelay(true);
		this.socket.setSoTimeout(this.timeoutMillis);
		this.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port), this.timeoutMillis);
		this.open = true;
	}

	private int read(InputStream in) throws IOException {
		this.filled = 0;
		int headEnd;
		do {
			more(in);
			headEnd = endOfHead();
		}
		while (headEnd < 0);
		this.bodyStart = headEnd;
		int status = (this.buffer[9] - '0') * 100 + (this.buffer[10] - '0') * 10 + this.buffer[11] - '0';
		int length = find(LENGTH, headEnd);
		if (length >= 0) {
			this.bodyEnd = headEnd + number(length + LENGTH.length);
			while (this.filled < this.bodyEnd) {
				more(in);
			}
		}
		else if (find(CHUNKED, headEnd) >= 0) {
			readChunks(in, headEnd);
		}
		else {
			this.bodyEnd = headEnd;
		}
		if (find(CLOSE, headEnd) >= 0) {
			close();
		}
		return status;
	}

	/** The chunks are moved together, so that the body is in one piece. */
	private void readChunks(InputStream in, int from) throws IOException {
		this.bodyEnd = from;
		int at = from;
		while (true) {
			int line = at;
			while (line >= this.filled || this.buffer[line] != '\n') {
				if (line >= this.filled) {
					more(in);
				}
				else {
					line++;
				}
			}
			int size = Integer.parseInt(new String(this.buffer, at, line - at, StandardCharsets.US_ASCII).strip(), 16);
			at = line + 1;
			while (this.filled < at + size + 2) {
				more(in);
			}
			System.arraycopy(this.buffer, at, this.buffer, this.bodyEnd, size);
			this.bodyEnd += size;
			at += size + 2;
			if (size == 0) {
				return;
			}
		}
	}

	private void more(InputStream in) throws IOException {
		if (this.filled == this.buffer.length) {
			this.buffer = Arrays.copyOf(this.buffer, this.buffer.length * 2);
		}
		int read = in.read(this.buffer, this.filled, this.buffer.length - this.filled);
		if (read < 0) {
			throw new EOFException("The answer breaks off");
		}
		this.filled += read;
	}

	private int endOfHead() {
		for (int i = 3; i < this.filled; i++) {
			if (this.buffer[i] == '\n' && this.buffer[i - 1] == '\r' && this.buffer[i - 2] == '\n') {
				return i + 1;
			}
		}
		return -1;
	}

	private int find(byte[] lowerCase, int until) {
		for (int i = 0; i <= until - lowerCase.length; i++) {
			int matched = 0;
			while (matched < lowerCase.length && lower(this.buffer[i + matched]) == lowerCase[matched]) {
				matched++;
			}
			if (matched == lowerCase.length) {
				return i;
			}
		}
		return -1;
	}

	private static int lower(byte letter) {
		return (letter >= 'A' && letter <= 'Z') ? letter + 32 : letter;
	}

	private int number(int from) {
		int number = 0;
		for (int i = from; this.buffer[i] != '\r'; i++) {
			if (this.buffer[i] != ' ') {
				number = number * 10 + this.buffer[i] - '0';
			}
		}
		return number;
	}

	@Override
	public void close() {
		this.open = false;
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			// It is gone either way.
		}
	}

}
