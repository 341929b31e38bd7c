package io.wangateway.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.catalina.Globals;

/**
 * Leaves it to Tomcat to send a file, which has the kernel pass the bytes from the page
 * cache to the socket: no thread, no buffer, and half the processor time of copying them.
 * <p>
 * Tomcat does that on the one thread that also waits for every other request. So that
 * this thread never waits for a disk, the file is brought into the page cache before, on
 * the thread of its own request.
 */
final class Sendfile {

	/** Less than this is sent sooner with the headers. */
	private static final long LEAST = 48 << 10;

	/** More than this might be gone from the page cache again before it is sent. */
	private static final long MOST = 128 << 20;

	private static final Path NOWHERE = Path.of("/dev/null");

	private Sendfile() {
	}

	/**
	 * Have a part of a file sent after the request has been handled, if that is possible.
	 * @param request the request, whose answer has its headers and no more
	 * @param content the open file
	 * @param part the part
	 * @return whether it will be sent; otherwise, such as where the file ends too early,
	 * the caller sends what there is
	 * @throws IOException if the file can't be read
	 */
	static boolean arrange(HttpServletRequest request, InputStream content, ByteRange part) throws IOException {
		if (!(content instanceof FolderFile file) || part.length() < LEAST || part.length() > MOST
				|| !Boolean.TRUE.equals(request.getAttribute(Globals.SENDFILE_SUPPORTED_ATTR))
				|| !Files.isWritable(NOWHERE)) {
			return false;
		}
		try (FileChannel nowhere = FileChannel.open(NOWHERE, StandardOpenOption.WRITE)) {
			if (!file.transfer(part, nowhere)) {
				return false;
			}
		}
		request.setAttribute(Globals.SENDFILE_FILENAME_ATTR, file.path().toString());
		request.setAttribute(Globals.SENDFILE_FILE_START_ATTR, part.first());
		request.setAttribute(Globals.SENDFILE_FILE_END_ATTR, part.last() + 1);
		return true;
	}

}
