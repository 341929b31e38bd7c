package io.wangateway.generation;

import java.util.Optional;

/**
 * Recognises what the calling team has uploaded. Asked before a URL is judged by the
 * rules for foreign ones.
 */
@FunctionalInterface
public interface KnownUploads {

	/** Nothing was uploaded. */
	KnownUploads NONE = (reference) -> Optional.empty();

	/**
	 * Return what an upload is.
	 * @param reference what the caller wrote: any URL, or the bare id of an upload
	 * @return its kind, or nothing if it is no upload of this team
	 */
	Optional<MediaKind> kindOf(String reference);

}
