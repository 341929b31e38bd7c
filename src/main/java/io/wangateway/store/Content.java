package io.wangateway.store;

/**
 * What a file is made of.
 *
 * @param size in bytes
 * @param sha256 its SHA-256, in lower-case hexadecimal digits
 */
public record Content(long size, String sha256) {
}
