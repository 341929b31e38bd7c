package io.wangateway.dashscope;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
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
import reactor.core.Exceptions;

/**
 * Carries calls to one account of DashScope and back, within their deadlines. Whatever
 * happens to a call is a {@link Reply}; none is repeated, except that the JDK client
 * repeats a query whose connection turns out to be closed.
 */
final class Wire implements AutoCloseable {

	/** Beside the one in the body, and there even if the body is not. */
	private static final String REQUEST_ID = "X-Request-Id";

	private static final byte[] EMPTY = {};

	/** A thread for every step of every call, so that none waits for another. */
	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final DashScopeAccount account;

	private final DashScopeSettings settings;

	private final HttpClient pooled;

	private final WebClient webClient;

	Wire(DashScopeAccount account, DashScopeSettings settings) {
		this.account = account;
		this.settings = settings;
		this.pooled = newHttpClient();
		this.webClient = WebClient.builder()
			.baseUrl(account.baseUrl().toString())
			.clientConnector(connector(this.pooled))
			.defaultHeaders(this::identify)
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize((int) settings.maxAnswerSize().toBytes()))
			.build();
	}

	private HttpClient newHttpClient() {
		return HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.followRedirects(HttpClient.Redirect.NEVER)
			.connectTimeout(this.settings.connectTimeout())
			.executor(this.threads)
			.build();
	}

	private JdkClientHttpConnector connector(HttpClient httpClient) {
		JdkClientHttpConnector connector = new JdkClientHttpConnector(httpClient);
		connector.setReadTimeout(this.settings.responseTimeout());
		return connector;
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
		return exchange(this.webClient.method(method).uri(uri).headers(headers), () -> false);
	}

	/**
	 * Post JSON that must not arrive twice. The connection is a new one, because one that
	 * has been idle may be closed at the very moment of sending, and nobody could tell
	 * afterwards what became of the request.
	 * @param path the path below the account's address
	 * @param headers sets further headers
	 * @param json the body
	 * @return what came of it
	 */
	Reply postOnce(String path, Consumer<HttpHeaders> headers, byte[] json) {
		OnceBody body = new OnceBody(json);
		HttpClient httpClient = newHttpClient();
		try {
			RequestHeadersSpec<?> request = this.webClient.mutate()
				.clientConnector(connector(httpClient))
				.build()
				.post()
				.uri(path)
				.headers(headers)
				.contentType(MediaType.APPLICATION_JSON)
				.contentLength(body.length())
				.body(body.inserter());
			return exchange(request, body::holdBack);
		}
		finally {
			httpClient.shutdownNow();
		}
	}

	private Reply exchange(RequestHeadersSpec<?> request, BooleanSupplier prevented) {
		AtomicReference<@Nullable ClientResponse> begun = new AtomicReference<>();
		try {
			byte[] body = request.exchangeToMono((response) -> {
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

	/** The client below, for calls to others that belong to this account's. */
	HttpClient httpClient() {
		return this.pooled;
	}

	/** Break off every call that is under way. */
	@Override
	public void close() {
		this.pooled.shutdownNow();
		this.threads.shutdownNow();
	}

}
