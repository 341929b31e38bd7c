package io.wangateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import io.wangateway.sandbox.SandboxServer;

/**
 * Changes how the simulator behaves, over its own routes.
 *
 * @param simulator the simulator
 */
public record SimulatorControl(SandboxServer simulator) {

	/**
	 * Change its behaviour.
	 * @param behaviour JSON, such as {@code {"limits":{"in-processing":0}}}
	 */
	public void change(String behaviour) {
		send("PATCH", behaviour);
	}

	/** Let it behave as configured. */
	public void reset() {
		send("DELETE", "");
	}

	private void send(String method, String body) {
		try (HttpClient client = HttpClient.newHttpClient()) {
			URI address = this.simulator.baseUrl().resolve("/simulator/behaviour");
			HttpRequest request = HttpRequest.newBuilder(address)
				.method(method, HttpRequest.BodyPublishers.ofString(body))
				.build();
			HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
			if (answer.statusCode() != 200) {
				throw new IllegalStateException(answer.body());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
