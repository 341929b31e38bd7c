package io.wangateway.web;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import io.wangateway.database.DatabaseAbsence;
import org.apache.tomcat.util.http.InvalidParameterException;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Puts what Spring MVC, Tomcat and the database throw into our own words.
 */
final class Refusals {

	private static final Duration DATABASE_RETRY = Duration.ofSeconds(5);

	private static final int SHOWN = 100;

	private Refusals() {
	}

	/**
	 * Return the refusal that an exception means for the caller. It never repeats an
	 * exception's own message, which may carry what must not be told.
	 */
	static ApiException of(Exception failure) {
		return switch (failure) {
			case ApiException refusal -> refusal;
			case HttpRequestMethodNotSupportedException ex -> new ApiException(ErrorCode.METHOD_NOT_ALLOWED,
					"%s is not possible here, only %s".formatted(shown(ex.getMethod()), allow(ex)));
			case HttpMediaTypeNotSupportedException ex -> unsupported(ex);
			case HttpMediaTypeNotAcceptableException ex -> new ApiException(ErrorCode.NOT_ACCEPTABLE,
					"This route answers with " + types(ex.getSupportedMediaTypes()));
			case NoResourceFoundException ex -> notFound(ex.getHttpMethod().name(), "/" + ex.getResourcePath());
			case NoHandlerFoundException ex -> notFound(ex.getHttpMethod(), ex.getRequestURL());
			case MissingServletRequestParameterException ex -> ApiException.invalid(ex.getParameterName(),
					"%s is required in the query".formatted(ex.getParameterName()));
			case MissingServletRequestPartException ex -> ApiException.invalid(ex.getRequestPartName(),
					"%s is required as a part of the form".formatted(ex.getRequestPartName()));
			case MissingRequestHeaderException ex ->
				ApiException.invalid(ex.getHeaderName(), "The header %s is required".formatted(ex.getHeaderName()));
			case MethodArgumentTypeMismatchException ex -> mismatch(ex);
			case HttpMessageNotReadableException _ ->
				new ApiException(ErrorCode.INVALID_JSON, "The body is missing or broken off");
			case MaxUploadSizeExceededException _ ->
				new ApiException(ErrorCode.REQUEST_TOO_LARGE, "The upload is larger than this route takes");
			case MultipartException _ -> new ApiException(ErrorCode.INVALID_REQUEST,
					"The body is not the multipart/form-data that its Content-Type announces");
			case RequestRejectedException _ -> new ApiException(ErrorCode.INVALID_REQUEST,
					"The address or a header has characters that are not allowed");
			case InvalidParameterException _ ->
				new ApiException(ErrorCode.INVALID_REQUEST, "The query is not valid percent-encoded UTF-8");
			case ErrorResponse known when known.getStatusCode().is4xxClientError() ->
				ofStatus(known.getStatusCode().value());
			default -> DatabaseAbsence.explains(failure) ? databaseAway() : ours();
		};
	}

	/** Return the refusal that a status decided on by the servlet container means. */
	static ApiException ofStatus(int status) {
		return switch (status) {
			case 401 -> new ApiException(ErrorCode.UNAUTHORIZED, "This needs a key");
			case 403 -> new ApiException(ErrorCode.PERMISSION_DENIED, "This is not allowed");
			case 404 -> new ApiException(ErrorCode.NOT_FOUND, "There is nothing here");
			case 405 -> new ApiException(ErrorCode.METHOD_NOT_ALLOWED, "This method is not possible here");
			case 406 -> new ApiException(ErrorCode.NOT_ACCEPTABLE, "This route can't answer as Accept asks");
			case 413 -> new ApiException(ErrorCode.REQUEST_TOO_LARGE, "The request is too large");
			case 414, 431 -> new ApiException(ErrorCode.REQUEST_TOO_LARGE, "The address or a header is too long");
			case 415 -> new ApiException(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "This media type is not understood here");
			case 500 -> ours();
			case 503 -> new ApiException(ErrorCode.SERVICE_UNAVAILABLE, "The gateway can't answer at present")
				.retryAfter(DATABASE_RETRY);
			default -> new ApiException(ErrorCode.INVALID_REQUEST,
					"This is not a valid HTTP request, or its headers are too long");
		};
	}

	/** Return the refusal of a request whose body could not be read to its end. */
	static ApiException brokenOff() {
		return new ApiException(ErrorCode.INVALID_REQUEST, "The body broke off, or stopped for too long");
	}

	/** Shorten what a caller sent, before it is repeated to them. */
	static String shown(String sent) {
		return (sent.length() <= SHOWN) ? sent : sent.substring(0, SHOWN) + "…";
	}

	private static ApiException ours() {
		return new ApiException(ErrorCode.INTERNAL_ERROR,
				"Something failed on our side; the request id finds it in our log");
	}

	private static ApiException notFound(String method, String path) {
		return new ApiException(ErrorCode.NOT_FOUND, "There is no %s %s".formatted(shown(method), shown(path)));
	}

	private static ApiException unsupported(HttpMediaTypeNotSupportedException ex) {
		String allowed = types(ex.getSupportedMediaTypes());
		MediaType sent = ex.getContentType();
		return new ApiException(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Content-Type must be %s (%s)".formatted(allowed,
				(sent != null) ? "was " + shown(sent.toString()) : "is missing or unreadable"));
	}

	private static String allow(ErrorResponse ex) {
		return String.join(", ", ex.getHeaders().getOrEmpty(HttpHeaders.ALLOW));
	}

	private static String types(List<MediaType> types) {
		return types.stream()
			.filter(MediaType::isConcrete)
			.map(MediaType::toString)
			.distinct()
			.collect(Collectors.joining(" or "));
	}

	private static ApiException mismatch(MethodArgumentTypeMismatchException ex) {
		if (ex.getParameter().hasParameterAnnotation(PathVariable.class)) {
			return new ApiException(ErrorCode.NOT_FOUND, "There is no " + shown(String.valueOf(ex.getValue())));
		}
		return ApiException.invalid(ex.getName(),
				"%s is not valid (was %s)".formatted(ex.getName(), shown(String.valueOf(ex.getValue()))));
	}

	private static ApiException databaseAway() {
		return new ApiException(ErrorCode.SERVICE_UNAVAILABLE, "The gateway's database does not answer at present")
			.retryAfter(DATABASE_RETRY);
	}

}
