package io.wangateway.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.wangateway.Chromium;
import io.wangateway.GatewayTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * A person who opens the signed link in a browser and drags the handle near the end. The
 * video is one whose last second lies far from the others, as it does in a long one, so
 * that the browser has to ask for it.
 */
@GatewayTest
@Import(FinishedVideo.class)
class SeekingTests {

	private static final int APART = 16 << 20;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@Autowired
	private FinishedVideo videos;

	@Autowired
	private VideoCopier copier;

	private Chromium browser;

	private String url;

	private int size;

	@BeforeEach
	void keepALongVideo() throws IOException {
		Path program = Chromium.program().orElse(null);
		assumeThat(program).as("Chromium is installed").isNotNull();
		FinishedVideo.Made made = this.videos.make();
		byte[] film = pullApart(Files.readAllBytes(this.videos.file(made)));
		this.size = film.length;
		try (VideoHost host = new VideoHost(film)) {
			this.videos.uncopy(made, host.url());
			this.copier.copy(made.uuid());
		}
		assertThat(Files.size(this.videos.file(made))).isEqualTo(this.size);
		this.url = this.videos.url(made);
		this.browser = new Chromium(program);
	}

	@AfterEach
	void close() throws IOException {
		if (this.browser != null) {
			this.browser.close();
		}
	}

	@Test
	void linkThatIsOpenedPlaysFromNearTheEnd() {
		this.browser.open(this.url);
		assertItSeeks();
		// From where depends on how much of it the browser has by then, as it plays at
		// once.
		assertThat(this.browser.parts()).isNotEmpty();
	}

	@Test
	void linkInAPageOfATeamPlaysFromNearTheEnd() {
		this.browser.run("""
				const video = document.createElement("video");
				video.preload = "metadata";
				video.src = %s;
				document.body.append(video);
				return "";""".formatted("'" + this.url + "'"));
		assertItSeeks();
		assertThat(this.browser.parts()).anySatisfy((part) -> {
			assertThat(part).endsWith("/" + this.size);
			assertThat(Integer.parseInt(part.replaceAll("bytes (\\d+)-.*", "$1"))).isGreaterThan(APART);
		});
	}

	private void assertItSeeks() {
		await().atMost(PATIENCE).until(() -> video("video.readyState >= 1"), "true"::equals);
		assertThat(video("video.duration")).isEqualTo("5");
		assertThat(video("video.seekable.end(0)")).isEqualTo("5");
		// Asked for again and again, since no listener is called in a page that may run
		// nothing.
		video("(video.pause(), video.currentTime = 4.5)");
		await().atMost(PATIENCE)
			.until(() -> video("video.seeking + ' at ' + video.currentTime"), "false at 4.5"::equals);
		// The picture of that moment is there, not only its time.
		assertThat(video("video.readyState >= 2")).isEqualTo("true");
		assertThat(video("video.error")).isEqualTo("null");
		assertThat(this.browser.complaints()).isEmpty();
	}

	private String video(String expression) {
		return this.browser.run("""
				const video = document.querySelector("video");
				return video ? String(%s) : "";""".formatted(expression));
	}

	/**
	 * Put a gap before the last second of every track, where a long film has its middle.
	 */
	private static byte[] pullApart(byte[] film) {
		ByteBuffer apart = ByteBuffer.allocate(film.length + APART);
		ByteBuffer boxes = ByteBuffer.wrap(film.clone());
		int gap = 0;
		for (int table = find(film, "stco", 0); table > 0; table = find(film, "stco", table)) {
			int last = table + 4 + 4 * boxes.getInt(table + 4);
			int offset = boxes.getInt(last);
			gap = (gap == 0) ? offset : Math.min(gap, offset);
			boxes.putInt(last, offset + APART);
		}
		int samples = find(film, "mdat", 0) - 8;
		boxes.putInt(samples, boxes.getInt(samples) + APART);
		return apart.put(boxes.array(), 0, gap)
			.position(gap + APART)
			.put(boxes.array(), gap, film.length - gap)
			.array();
	}

	/** Return where the content of the next box of a kind begins, or -1. */
	private static int find(byte[] film, String kind, int from) {
		int name = new String(film, StandardCharsets.ISO_8859_1).indexOf(kind, from);
		return (name < 0) ? -1 : name + kind.length();
	}

}
