package io.wangateway.dashscope;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClient.RequestHeadersSpec;
import org.springframework.web.reactive.function.client.WebClientException;
import org.springframework.web.util.UriBuilder;

/**
 * Carries calls to one account of DashScope and back, within their deadlines. Whatever
 * happens to a call is a {@link Reply}; none is repeated, except that the JDK client
 * repeats a GET whose connection was closed without a byte of an answer.
 */
final class Wire {

	/** Beside the one in the body, and there even if the body is not. */
	private static final String REQUEST_ID = "X-Request-Id";

	private static final byte[] EMPTY = {};

	private final DashScopeAccount account;

	private final DashScopeSettings settings;

	private final HttpClients httpClients;

	private final WebClient webClient;

	Wire(DashScopeAccount account, DashScopeSettings settings, HttpClients httpClients) {
		this.account = account;
		this.settings = settings;
		this.httpClients = httpClients;
		this.webClient = WebClient.builder()
			.baseUrl(account.baseUrl().toString())
			.defaultHeaders(this::identify)
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize((int) settings.maxAnswerSize().toBytes()))
			.build();
	}

	private void identify(HttpHeaders headers) {
		headers.setBearerAuth(this.account.apiKey());
		headers.setAccept(MediaType.parseMediaTypes(MediaType.APPLICATION_JSON_VALUE));
		headers.set(HttpHeaders.USER_AGENT, "wan-gateway");
		if (this.account.workspace() != null) {
			headers.set("X-DashScope-WorkSpace", this.account.workspace());
		}
	}

	/**
	 * Make a call without a body.
	 * @param method the method
	 * @param uri builds the address below the account's
	 * @return what came of it, never {@link Reply.NotSent}
	 */
	Reply call(HttpMethod method, Function<UriBuilder, URI> uri) {
		return call(method, uri, (headers) -> {
		});
	}

	/**
	 * Make a call without a body.
	 * @param method the method
	 * @param uri builds the address below the account's
	 * @param headers sets further headers
	 * @return what came of it, never {@link Reply.NotSent}
	 */
	Reply call(HttpMethod method, Function<UriBuilder, URI> uri, Consumer<HttpHeaders> headers) {
		HttpClient httpClient = this.httpClients.shared();
		Reply reply = exchange(httpClient, (client) -> client.method(method).uri(uri).headers(headers), () -> false);
		if (reply instanceof Reply.Broken(UpstreamError error) && error.httpStatus() != null) {
			this.httpClients.replace(httpClient);
		}
		return reply;
	}

	/**
	 * Post JSON that must not arrive twice.
	 * @param path the path below the account's address
	 * @param headers sets further headers
	 * @param json the body
	 * @return what came of it
	 */
	Reply postOnce(String path, Consumer<HttpHeaders> headers, byte[] json) {
		OnceBody body = new OnceBody(json);
		HttpClient httpClient = this.httpClients.forOneCall();
		try {
			return exchange(httpClient,
					(client) -> client.post()
						.uri(path)
						.headers(headers)
						.contentType(MediaType.APPLICATION_JSON)
						.contentLength(body.length())
						.body(body.inserter()),
					body::holdBack);
		}
		finally {
			httpClient.shutdownNow();
		}
	}

	private Reply exchange(HttpClient httpClient, Function<WebClient, RequestHeadersSpec<?>> request,
			BooleanSupplier prevented) {
		JdkClientHttpConnector connector = new JdkClientHttpConnector(httpClient);
		connector.setReadTimeout(this.settings.responseTimeout());
		WebClient client = this.webClient.mutate().clientConnector(connector).build();
		AtomicReference<@Nullable ClientResponse> begun = new AtomicReference<>();
		try {
			byte[] body = request.apply(client).exchangeToMono((response) -> {
				begun.set(response);
				return response.bodyToMono(byte[].class).defaultIfEmpty(EMPTY);
			})
				.timeout(this.settings.callTimeout())
				.contextWrite(
						(context) -> context.put("reactor.onErrorDropped.local", (Consumer<Throwable>) Wire::ignore))
				// On a virtual thread, waiting for the answer is simply a call.
				.block();
			return answer(Objects.requireNonNull(begun.get()), Objects.requireNonNull(body));
		}
		catch (RuntimeException ex) {
			// Whatever it was, all that counts is what it proves about the request.
			UpstreamError error = error(begun.get(), reason(Exceptions.unwrap(ex)));
			return prevented.getAsBoolean() ? new Reply.NotSent(error) : new Reply.Broken(error);
		}
	}

	/** A call that was given up fails once more, later, which is no news. */
	private static void ignore(Throwable failure) {
	}

	private Reply answer(ClientResponse response, byte[] body) {
		Fields fields = Fields.parse(body);
		int status = response.statusCode().value();
		if (!fields.isPresent()) {
			return new Reply.Answer(status, fields,
					error(response, "%d bytes that are no JSON object".formatted(body.length)));
		}
		String requestId = fields.text("request_id");
		return new Reply.Answer(status, fields, new UpstreamError(status, masked(fields.text("code")),
				masked(fields.text("message")), (requestId != null) ? requestId : requestId(response)));
	}

	private UpstreamError error(@Nullable ClientResponse response, String why) {
		return (response != null) ? new UpstreamError(response.statusCode().value(), null, why, requestId(response))
				: UpstreamError.noAnswer(why);
	}

	private static @Nullable String requestId(ClientResponse response) {
		return response.headers().asHttpHeaders().getFirst(REQUEST_ID);
	}

	/** Some services quote the key that they refuse. */
	private @Nullable String masked(@Nullable String text) {
		return (text != null) ? text.replace(this.account.apiKey(), "…") : null;
	}

	private String reason(Throwable failure) {
		Throwable cause = (failure instanceof WebClientException && failure.getCause() != null) ? failure.getCause()
				: failure;
		return switch (cause) {
			case TimeoutException _ -> "No whole answer within " + this.settings.callTimeout();
			case HttpConnectTimeoutException _ -> "No connection within " + this.settings.connectTimeout();
			case HttpTimeoutException _ -> "No answer within " + this.settings.responseTimeout();
			case DataBufferLimitException _ -> "The answer is larger than " + this.settings.maxAnswerSize();
			case ConnectException _ -> "No connection: " + cause.getMessage();
			default -> cause.getClass().getSimpleName() + ": " + cause.getMessage();
		};
	}

}
