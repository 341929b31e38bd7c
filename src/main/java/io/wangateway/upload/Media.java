package io.wangateway.upload;

/**
 * What a file turned out to be.
 *
 * @param mimeType such as {@code image/png}
 * @param width in pixels
 * @param height in pixels
 */
record Media(String mimeType, long width, long height) {
}
