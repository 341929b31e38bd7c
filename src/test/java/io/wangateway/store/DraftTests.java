package io.wangateway.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Files that are being made, and what can come between. */
class DraftTests {

	private static final int SIZE = 300_000;

	@TempDir
	private Path folder;

	private Spool spool;

	private final byte[] bytes = new byte[SIZE];

	@BeforeEach
	void fill() {
		new Random(3).nextBytes(this.bytes);
		this.spool = new Spool(this.folder, 0, Clock.systemUTC());
	}

	@Test
	void draftIsGoneOnWithAndHasTheDigestOfTheWhole() throws Exception {
		try (Draft draft = this.spool.open("a")) {
			draft.append(new ByteArrayInputStream(this.bytes, 0, 100_001), SIZE);
		}
		try (Draft draft = this.spool.open("a")) {
			assertThat(draft.length()).isEqualTo(100_001);
			assertThat(draft.append(new ByteArrayInputStream(this.bytes, 100_001, SIZE), SIZE)).isTrue();
			assertThat(draft.finish()).isEqualTo(content());
		}
	}

	@Test
	void draftHasOneWriterAtATime() {
		try (Draft _ = this.spool.open("a")) {
			assertThatExceptionOfType(DraftInUseException.class).isThrownBy(() -> this.spool.open("a"));
		}
		this.spool.open("a").close();
	}

	@Test
	void tooLongDraftIsToldFromOneThatJustFits() throws IOException {
		try (Draft draft = this.spool.open("a")) {
			assertThat(draft.append(new ByteArrayInputStream(this.bytes), SIZE - 1)).isFalse();
			assertThat(draft.length()).isEqualTo(SIZE);
			draft.restart();
			assertThat(draft.append(new ByteArrayInputStream(this.bytes), SIZE)).isTrue();
		}
	}

	@Test
	void fullDiskBreaksADraftOffAndItGoesOnWhenThereIsRoom() throws Exception {
		Path source = Files.write(this.folder.resolve("source"), this.bytes);
		Process writer = new ProcessBuilder("sh", "-c", "ulimit -f 200; exec \"$0\" \"$@\"",
				ProcessHandle.current().info().command().orElse("java"), "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData",
				"-cp", System.getProperty("java.class.path"), Writer.class.getName(), this.folder.toString(),
				source.toString())
			.redirectErrorStream(true)
			.start();
		assertThat(writer.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(new String(writer.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
			.contains("Could not write a: ");
		try (Draft draft = this.spool.open("a")) {
			int there = (int) draft.length();
			assertThat(there).isPositive().isLessThan(SIZE);
			draft.append(new ByteArrayInputStream(this.bytes, there, SIZE - there), SIZE);
			assertThat(draft.finish()).isEqualTo(content());
			assertThat(Files.readAllBytes(draft.path())).isEqualTo(this.bytes);
		}
	}

	@Test
	void draftLeavesSomeOfTheDiskToOthers() {
		long free = this.folder.toFile().getUsableSpace();
		try (Draft draft = new Spool(this.folder, 2 * free, Clock.systemUTC()).open("a")) {
			assertThatExceptionOfType(StoreException.class)
				.isThrownBy(() -> draft.append(new ByteArrayInputStream(this.bytes), SIZE))
				.withMessageContaining("the disk would have less than");
			assertThat(draft.length()).isZero();
		}
	}

	private Content content() throws Exception {
		return new Content(SIZE, HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(this.bytes)));
	}

	/** Writes a draft in a process that may not write files of such a size. */
	static final class Writer {

		static void main(String[] args) throws IOException {
			try (Draft draft = new Spool(Path.of(args[0]), 0, Clock.systemUTC()).open("a")) {
				draft.append(new ByteArrayInputStream(Files.readAllBytes(Path.of(args[1]))), SIZE);
			}
			catch (StoreException ex) {
				System.out.println(ex.getMessage());
			}
		}

	}

}
