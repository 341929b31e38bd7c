package io.wangateway.dashscope;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that does to a connection whatever a test wants, such as breaking it. It
 * counts the requests whose head has arrived.
 */
class RawServer implements AutoCloseable {

	/** What to do with a connection; it is closed afterwards. */
	interface Behaviour {

		void serve(Connection connection) throws IOException, InterruptedException;

	}

	private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	final AtomicInteger connections = new AtomicInteger();

	final AtomicInteger requests = new AtomicInteger();

	RawServer(Behaviour behaviour) throws IOException {
		Thread.startVirtualThread(() -> accept(behaviour));
	}

	URI url() {
		return URI.create("http://localhost:" + this.socket.getLocalPort() + "/api/v1");
	}

	private void accept(Behaviour behaviour) {
		while (!this.socket.isClosed()) {
			try {
				Socket accepted = this.socket.accept();
				this.connections.incrementAndGet();
				Thread.startVirtualThread(() -> serve(behaviour, accepted));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Behaviour behaviour, Socket accepted) {
		try (accepted) {
			behaviour.serve(new Connection(accepted, this.requests));
		}
		catch (SocketException ex) {
			// The client has hung up, as it should.
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	/**
	 * A connection to the server.
	 *
	 * @param socket the socket
	 * @param requests counts the requests
	 */
	record Connection(Socket socket, AtomicInteger requests) {

		/** Read one request with a body of known length, or none. */
		void readRequest() throws IOException {
			InputStream in = this.socket.getInputStream();
			StringBuilder head = new StringBuilder();
			while (head.indexOf("\r\n\r\n") < 0) {
				int next = in.read();
				if (next < 0) {
					return;
				}
				head.append((char) next);
			}
			this.requests.incrementAndGet();
			in.readNBytes(length(head.toString()));
		}

		private static int length(String head) {
			return head.lines()
				.filter((line) -> line.regionMatches(true, 0, "content-length:", 0, 15))
				.map((line) -> Integer.valueOf(line.substring(15).strip()))
				.findFirst()
				.orElse(0);
		}

		void write(String text) throws IOException {
			OutputStream out = this.socket.getOutputStream();
			out.write(text.getBytes(StandardCharsets.US_ASCII));
			out.flush();
		}

		/** Break the connection with a reset instead of an orderly end. */
		void reset() throws IOException {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}

		/** Send a byte now and then until the client hangs up. */
		void drip() throws InterruptedException {
			try {
				while (true) {
					write(" ");
					TimeUnit.MILLISECONDS.sleep(50);
				}
			}
			catch (IOException ex) {
				// The client has hung up, as it should.
			}
		}

		/** Send a gigabyte, or as much of it as the client takes, and return how much. */
		long flood() {
			String chunk = " ".repeat(64 * 1024);
			long sent = 0;
			try {
				while (sent < 1 << 30) {
					write(chunk);
					sent += chunk.length();
				}
			}
			catch (IOException ex) {
				// The client has hung up, as it should.
			}
			return sent;
		}

		/** Say nothing until the client hangs up. */
		void hang() throws IOException {
			this.socket.getInputStream().transferTo(OutputStream.nullOutputStream());
		}

	}

}
