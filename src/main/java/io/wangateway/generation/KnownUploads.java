package io.wangateway.generation;

/**
 * Recognises what the calling team has uploaded. Asked before a URL is judged by the
 * rules for foreign ones.
 */
@FunctionalInterface
public interface KnownUploads {

	/** Nothing was uploaded. */
	KnownUploads NONE = (_) -> new Foreign();

	/**
	 * Return what a reference is.
	 * @param reference what the caller wrote: any URL, or the bare id of an upload
	 * @return what is known of it
	 */
	Answer lookUp(String reference);

	/** What is known of a reference. */
	sealed interface Answer {

	}

	/** It names no upload. */
	record Foreign() implements Answer {
	}

	/** It names an upload that this team does not have. */
	record Missing() implements Answer {
	}

	/**
	 * It names an upload of this team.
	 *
	 * @param kind what was uploaded
	 */
	record Known(MediaKind kind) implements Answer {
	}

}
