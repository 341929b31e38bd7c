package io.wangateway.upload;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.wangateway.team.Signatures;
import io.wangateway.web.PublicUrl;

import org.springframework.stereotype.Component;

/**
 * Signed links to uploads, good as long as the upload itself is there.
 */
@Component
class UploadLinks {

	private static final Pattern LINK = Pattern.compile("/files/(?<id>upload_[0-9A-Za-z]{26})\\.[0-9a-z]+(\\?.*)?");

	private final Signatures signatures;

	private final PublicUrl publicUrl;

	UploadLinks(Signatures signatures, PublicUrl publicUrl) {
		this.signatures = signatures;
		this.publicUrl = publicUrl;
	}

	/** Return the link to an upload. */
	String to(UploadedFile upload) {
		return "%s/files/%s?signature=%s".formatted(this.publicUrl, upload.fileName(), sign(upload.fileName()));
	}

	/**
	 * Tell whether a link was made here.
	 * @param fileName the file in the link
	 * @param signature the signature in the link
	 * @return whether it is genuine, though the upload may be gone
	 */
	boolean isGenuine(String fileName, String signature) {
		return this.signatures.verify(text(fileName), signature);
	}

	/**
	 * Read the upload that a caller names.
	 * @param reference a bare id, or a link of ours
	 * @return the upload's id, nothing if the text names no upload
	 */
	Optional<UploadId> read(String reference) {
		Optional<UploadId> bare = UploadId.parse(reference);
		String prefix = this.publicUrl.toString();
		if (bare.isPresent() || !reference.startsWith(prefix)) {
			return bare;
		}
		Matcher link = LINK.matcher(reference.substring(prefix.length()));
		return link.matches() ? UploadId.parse(link.group("id")) : Optional.empty();
	}

	private String sign(String fileName) {
		return this.signatures.sign(text(fileName));
	}

	private static String text(String fileName) {
		return "upload\n" + fileName;
	}

}
