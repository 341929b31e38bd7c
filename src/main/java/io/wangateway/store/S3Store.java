package io.wangateway.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;

/**
 * Keeps files in a bucket of an S3-compatible store. An object is there whole or not at
 * all by the protocol itself.
 */
final class S3Store implements Store, AutoCloseable {

	private static final Duration CONNECT = Duration.ofSeconds(5);

	/** Without a byte. */
	private static final Duration SILENCE = Duration.ofSeconds(30);

	private static final Duration CALL = Duration.ofMinutes(10);

	private final StoreSettings.S3 settings;

	private final S3Client client;

	private final S3Presigner presigner;

	S3Store(StoreSettings.S3 settings) {
		this.settings = settings;
		S3Configuration style = S3Configuration.builder()
			.pathStyleAccessEnabled(settings.pathStyle())
			.chunkedEncodingEnabled(false)
			.build();
		this.client = S3Client.builder()
			.region(Region.of(settings.region()))
			.endpointOverride(settings.endpoint())
			.credentialsProvider(credentials(settings))
			.serviceConfiguration(style)
			// Other stores than Amazon's know nothing of its newer checksums.
			.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
			.responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
			.httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENCE))
			.overrideConfiguration((calls) -> calls.apiCallTimeout(CALL))
			.build();
		this.presigner = S3Presigner.builder()
			.region(Region.of(settings.region()))
			.endpointOverride(settings.endpoint())
			.credentialsProvider(credentials(settings))
			.serviceConfiguration(style)
			.build();
	}

	private static AwsCredentialsProvider credentials(StoreSettings.S3 settings) {
		return (settings.accessKey() != null && settings.secretKey() != null)
				? StaticCredentialsProvider
					.create(AwsBasicCredentials.create(settings.accessKey(), settings.secretKey()))
				: DefaultCredentialsProvider.builder().build();
	}

	@Override
	public void keep(String name, Path file) {
		try {
			this.client.putObject((put) -> put.bucket(this.settings.bucket()).key(name).contentType(contentType(name)),
					file);
			Files.delete(file);
		}
		catch (SdkException | IOException ex) {
			throw StoreException.of("keep " + name, ex);
		}
	}

	@Override
	public InputStream open(String name, ByteRange range) {
		try {
			return new Body(this.client.getObject(request(name).range(range.header()).build()));
		}
		catch (NoSuchKeyException ex) {
			throw StoreException.missing("open " + name, ex);
		}
		catch (SdkException ex) {
			throw StoreException.of("open " + name, ex);
		}
	}

	@Override
	public boolean hasLinks() {
		return this.settings.reachable();
	}

	@Override
	public Optional<URI> link(String name, Duration life) {
		if (!hasLinks()) {
			return Optional.empty();
		}
		return Optional.of(URI.create(this.presigner
			.presignGetObject((presign) -> presign.signatureDuration(life)
				.getObjectRequest(
						request(name).responseContentDisposition("inline; filename=\"" + fileName(name) + '"').build()))
			.url()
			.toString()));
	}

	@Override
	public void remove(String name) {
		try {
			this.client.deleteObject((delete) -> delete.bucket(this.settings.bucket()).key(name));
		}
		catch (NoSuchKeyException _) {
			// Amazon's own store says nothing either.
		}
		catch (SdkException ex) {
			throw StoreException.of("remove " + name, ex);
		}
	}

	private GetObjectRequest.Builder request(String name) {
		return GetObjectRequest.builder().bucket(this.settings.bucket()).key(name);
	}

	private static String fileName(String name) {
		return name.substring(name.lastIndexOf('/') + 1);
	}

	private static String contentType(String name) {
		return MediaTypeFactory.getMediaType(name).orElse(MediaType.APPLICATION_OCTET_STREAM).toString();
	}

	@Override
	public void close() {
		this.presigner.close();
		this.client.close();
	}

	/** A body of which the rest is not read to no end when its reader has gone. */
	private static final class Body extends FilterInputStream {

		private final ResponseInputStream<GetObjectResponse> body;

		Body(ResponseInputStream<GetObjectResponse> body) {
			super(body);
			this.body = body;
		}

		@Override
		public void close() {
			this.body.abort();
		}

	}

}
