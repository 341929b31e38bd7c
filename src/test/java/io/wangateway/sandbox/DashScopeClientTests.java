package io.wangateway.sandbox;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

import io.wangateway.MutableClock;
import io.wangateway.TestDatabase;
import io.wangateway.dashscope.Cancellation;
import io.wangateway.dashscope.DashScopeAccount;
import io.wangateway.dashscope.DashScopeClient;
import io.wangateway.dashscope.DashScopeSettings;
import io.wangateway.dashscope.ErrorKind;
import io.wangateway.dashscope.Submission;
import io.wangateway.dashscope.TaskListing;
import io.wangateway.dashscope.TaskQuery;
import io.wangateway.dashscope.TaskStatus;
import io.wangateway.dashscope.Upload;
import io.wangateway.dashscope.UploadPolicy;
import io.wangateway.dashscope.VideoTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests that the gateway's client and the simulator mean the same by the same words. */
class DashScopeClientTests {

	private static final String IMAGE = "https://example.com/photo.jpg";

	private static final MutableClock clock = TestSimulator.clock();

	private static final TestSimulator simulator = new TestSimulator(TestDatabase.create(), clock);

	private final DashScopeClient client = client(TestSimulator.KEY);

	@AfterAll
	static void close() {
		simulator.close();
	}

	@BeforeEach
	void startAfresh() {
		clock.advance(Duration.ofMinutes(1));
		simulator.reset();
	}

	@Test
	void taskIsFollowedFromItsSubmissionToItsVideo() {
		Instant submittedAt = clock.instant();
		String id = submit(IMAGE);
		assertThat(this.client.status(id)).isInstanceOfSatisfying(TaskStatus.Waiting.class,
				(waiting) -> assertThat(waiting.facts().submittedAt()).isEqualTo(submittedAt));
		clock.advance(Duration.ofSeconds(2));
		assertThat(this.client.status(id)).isInstanceOf(TaskStatus.Running.class);
		clock.advance(Duration.ofSeconds(4));
		assertThat(this.client.status(id)).isInstanceOfSatisfying(TaskStatus.Succeeded.class, (succeeded) -> {
			assertThat(succeeded.origPrompt()).isEqualTo("a cat");
			assertThat(succeeded.usage().duration()).isEqualTo(new BigDecimal(5));
			assertThat(succeeded.usage().sr()).isEqualTo(720);
			assertThat(succeeded.usage().doubtful()).isFalse();
			assertThat(succeeded.facts().endedAt()).isBetween(submittedAt, clock.instant());
		});
	}

	@Test
	void listShowsTheTaskInItsWindowUnderTheRequestThatMadeIt() {
		Submission.Accepted accepted = (Submission.Accepted) this.client.create(task(IMAGE));
		Instant now = clock.instant();
		assertThat(page(now.minusSeconds(5), now.plusSeconds(5)).tasks()).singleElement().satisfies((listed) -> {
			assertThat(listed.taskId()).isEqualTo(accepted.taskId());
			assertThat(listed.requestId()).isEqualTo(accepted.requestId());
			assertThat(listed.model()).isEqualTo("wan2.6-i2v-flash");
			assertThat(listed.createdAt()).isEqualTo(now);
		});
		assertThat(page(now.minusSeconds(60), now.minusSeconds(5)).tasks()).isEmpty();
	}

	@Test
	void onlyAPendingTaskIsCancelled() {
		String pending = submit(IMAGE);
		assertThat(this.client.cancel(pending)).isInstanceOf(Cancellation.Passed.class);
		assertThat(this.client.status(pending)).isInstanceOf(TaskStatus.Cancelled.class);
		String running = submit(IMAGE);
		clock.advance(Duration.ofSeconds(2));
		assertThat(this.client.cancel(running)).isInstanceOf(Cancellation.NotPending.class);
	}

	@Test
	void uploadedImageServesItsTask() {
		UploadPolicy policy = (UploadPolicy) this.client.uploadPolicy("wan2.6-i2v-flash");
		Upload upload = this.client.upload(policy, "photo.png", "image/png", 4, new ByteArrayInputStream(new byte[4]));
		assertThat(upload).isInstanceOf(Upload.Stored.class);
		submit(((Upload.Stored) upload).url());
	}

	@Test
	void strangeTaskIsForgotten() {
		assertThat(this.client.status("0385dc79-5ff8-4d82-bcb6-000000000001")).isInstanceOf(TaskStatus.Forgotten.class);
	}

	@Test
	void wrongKeyIsTheAccountsFault() {
		assertThat(client("sk-wrong").create(task(IMAGE))).isInstanceOf(Submission.AccountFault.class);
	}

	@Test
	void wrongSizeIsTheRequestsFault() {
		VideoTask task = new VideoTask("wan2.6-i2v-flash", new VideoTask.Input("a cat", null, IMAGE, null, null),
				new VideoTask.Parameters("4K", null, 5, null, null, null, null, null));
		assertThat(this.client.create(task)).isInstanceOfSatisfying(Submission.Refused.class,
				(refused) -> assertThat(refused.kind()).isEqualTo(ErrorKind.INVALID_PARAMETERS));
	}

	private static DashScopeClient client(String key) {
		DashScopeSettings settings = new DashScopeSettings("", "", "", "", Duration.ofSeconds(5),
				Duration.ofSeconds(30), Duration.ofSeconds(40), Duration.ofSeconds(40), DataSize.ofMegabytes(1));
		return new DashScopeClient(new DashScopeAccount(simulator.server().baseUrl(), key, null), settings, clock);
	}

	private String submit(String image) {
		Submission submission = this.client.create(task(image));
		assertThat(submission).isInstanceOf(Submission.Accepted.class);
		return ((Submission.Accepted) submission).taskId();
	}

	private static VideoTask task(String image) {
		return new VideoTask("wan2.6-i2v-flash", new VideoTask.Input("a cat", null, image, null, null),
				new VideoTask.Parameters("720P", null, 5, null, null, true, false, null));
	}

	private TaskListing.Page page(Instant from, Instant to) {
		TaskListing listing = this.client.list(TaskQuery.of("wan2.6-i2v-flash", from, to));
		assertThat(listing).isInstanceOf(TaskListing.Page.class);
		return (TaskListing.Page) listing;
	}

}
