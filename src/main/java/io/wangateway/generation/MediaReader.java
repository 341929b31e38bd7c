package io.wangateway.generation;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.wangateway.web.ErrorCode;
import io.wangateway.web.Violation;

/**
 * Reads the images and references of a request: uploads first, then URLs of others.
 */
final class MediaReader {

	private static final Pattern UPLOAD_ID = Pattern.compile("upload_[A-Za-z0-9]{1,64}");

	private final KnownUploads uploads;

	MediaReader(KnownUploads uploads) {
		this.uploads = uploads;
	}

	/**
	 * Read an array of URLs and upload ids.
	 * @param fields where it is
	 * @param name the field
	 * @return the media, without those that are wrong
	 */
	List<Media> read(FieldReader fields, String name) {
		List<String> references = fields.strings(name);
		List<Media> media = new ArrayList<>();
		for (int i = 0; i < references.size(); i++) {
			String reference = references.get(i);
			switch (this.uploads.lookUp(reference)) {
				case KnownUploads.Known(MediaKind kind) -> media.add(new Media(reference, kind));
				case KnownUploads.Missing _ -> fields.add(missing(fields, name, reference));
				case KnownUploads.Foreign _ when UPLOAD_ID.matcher(reference).matches() ->
					fields.add(missing(fields, name, reference));
				case KnownUploads.Foreign _ -> foreign(fields, name, i, reference).ifPresent(media::add);
			}
		}
		return media;
	}

	private static Violation missing(FieldReader fields, String name, String reference) {
		return new Violation(fields.path(name), ErrorCode.UPLOAD_NOT_FOUND,
				"There is no upload %s".formatted(reference));
	}

	private static Optional<Media> foreign(FieldReader fields, String name, int index, String url) {
		Optional<String> objection = MediaUrl.objection(url);
		if (objection.isPresent()) {
			String param = fields.path(name);
			fields.add(Violation.invalid(param, "%s[%d] %s".formatted(param, index, objection.get())));
			return Optional.empty();
		}
		return Optional.of(new Media(url, MediaKind.of(URI.create(url))));
	}

}
