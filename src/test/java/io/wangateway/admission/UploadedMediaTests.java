package io.wangateway.admission;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import io.wangateway.generation.GenerationContents;
import io.wangateway.generation.GenerationId;
import io.wangateway.upload.Samples;
import io.wangateway.upload.UploadId;
import io.wangateway.upload.Uploads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Uploads on their way to upstream, where the store can't be reached from outside. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class UploadedMediaTests {

	@Autowired
	private TestGateway gateway;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Uploads uploads;

	@Autowired
	private GenerationContents contents;

	@Autowired
	private Upstreams upstreams;

	@Autowired
	private SubmissionResults results;

	@Autowired
	private Clock clock;

	@Test
	void temporaryCopyIsUsedForAsLongAsItsTaskMayTakeAndNoLongerThanTwoDays() {
		GenerationId task = taskOfAnUpload();
		assertThat(after(Duration.ZERO, task)).isInstanceOf(MediaAddresses.Ready.class);
		assertThat(after(Duration.ofHours(43), task)).isInstanceOf(MediaAddresses.Ready.class);
		assertThat(after(Duration.ofHours(45), task)).isInstanceOf(MediaAddresses.Away.class);
	}

	@Test
	void temporaryCopyIsForItsModelOnly() {
		GenerationId task = taskOfAnUpload();
		assertThat(after(Duration.ZERO, task)).isInstanceOf(MediaAddresses.Ready.class);
		String upload = this.contents.of(task.value()).media().getFirst().url();
		this.jdbc.sql("update temporary_copy set upstream_model = 'wan2.6-r2v-flash' where upload_id = :upload")
			.param("upload", UploadId.parse(upload).orElseThrow().value())
			.update();
		assertThat(after(Duration.ZERO, task)).isInstanceOf(MediaAddresses.Away.class);
	}

	@Test
	void liveGatewayWithoutAStoreThatCanBeReachedSaysSo(CapturedOutput output) {
		carrier(new Upstreams(null, this.upstreams.sandbox())).warnOfTemporaryStorage();
		assertThat(output).doesNotContain("does not recommend");
		carrier(new Upstreams(this.upstreams.sandbox(), this.upstreams.sandbox())).warnOfTemporaryStorage();
		assertThat(output).contains("Uploads go to Alibaba through DashScope's temporary storage, "
				+ "which Alibaba does not recommend for production");
	}

	private MediaCarrier carrier(Upstreams these) {
		return new MediaCarrier(this.uploads, addresses(Duration.ZERO), these, this.results);
	}

	private MediaAddresses.Answer after(Duration time, GenerationId task) {
		return addresses(time).of(task.value(), this.contents.of(task.value()));
	}

	private MediaAddresses addresses(Duration later) {
		return new MediaAddresses(this.jdbc, this.uploads, Clock.offset(this.clock, later));
	}

	private GenerationId taskOfAnUpload() {
		String key = this.gateway.sandboxKey(this.gateway.team());
		String upload = TestGateway.json(this.gateway.upload(key, "images", Samples.uniquePng()))
			.at("/data/id")
			.stringValue();
		String id = TestGateway.json(this.gateway.post(key, "/v1/videos/generations", """
				{"model": "wan2.6-flash", "image_urls": ["%s"], "resolution": "720p"}""".formatted(upload)))
			.get("id")
			.stringValue();
		await().atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(100))
			.until(() -> !List.of("queued", "failed")
				.contains(TestGateway.json(this.gateway.get(key, "/v1/videos/generations/" + id))
					.get("status")
					.stringValue()));
		return GenerationId.parse(id).orElseThrow();
	}

}
