package io.wangateway.generation;

/**
 * An image or a video that a request brings along.
 *
 * @param url where it is, as the caller wrote it: a URL, or the URL or bare id of an
 * upload
 * @param kind what it is
 */
public record Media(String url, MediaKind kind) {
}
