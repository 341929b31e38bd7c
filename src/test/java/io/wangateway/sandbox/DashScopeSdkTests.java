package io.wangateway.sandbox;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

import com.alibaba.dashscope.aigc.videosynthesis.VideoSynthesis;
import com.alibaba.dashscope.aigc.videosynthesis.VideoSynthesisListResult;
import com.alibaba.dashscope.aigc.videosynthesis.VideoSynthesisParam;
import com.alibaba.dashscope.aigc.videosynthesis.VideoSynthesisResult;
import com.alibaba.dashscope.exception.ApiException;
import com.alibaba.dashscope.task.AsyncTaskListParam;
import com.alibaba.dashscope.utils.Constants;
import io.wangateway.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Lets Alibaba's own SDK judge whether the simulator is like the real service. */
class DashScopeSdkTests {

	private static final TestSimulator simulator = new TestSimulator(TestDatabase.create(), Clock.systemUTC());

	private static final VideoSynthesis synthesis = new VideoSynthesis();

	@BeforeAll
	static void pointTheSdkAtTheSimulator() {
		Constants.baseHttpApiUrl = simulator.server().baseUrl().toString();
	}

	@AfterAll
	static void close() {
		simulator.close();
	}

	@BeforeEach
	void startAfresh() {
		simulator.reset();
		simulator.control("PATCH", "/behaviour", """
				{"timings":{"pending":0.1,"run":0.3}}""");
	}

	@Test
	void imageBecomesAVideo() throws Exception {
		VideoSynthesisResult result = synthesis.call(param("wan2.6-i2v-flash").prompt("A cat turns its head")
			.negativePrompt("blur")
			.imgUrl("https://example.com/photo.jpg")
			.audioUrl("https://example.com/purr.mp3")
			.resolution("720P")
			.duration(5)
			.promptExtend(true)
			.shotType("multi")
			.audio(true)
			.watermark(false)
			.seed(12345)
			.build());
		assertThat(result.getOutput().getTaskStatus()).isEqualTo("SUCCEEDED");
		assertThat(result.getOutput().getOrigPrompt()).isEqualTo("A cat turns its head");
		assertThat(result.getOutput().getSubmitTime()).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}");
		assertThat(result.getUsage().getVideoCount()).isOne();
		assertThat(result.getUsage().getDuration()).isEqualTo(5);
		assertThat(result.getUsage().getSR()).isEqualTo("720");
		URI video = URI.create(result.getOutput().getVideoUrl());
		assertThat(simulator.download(HttpRequest.newBuilder(video)).statusCode()).isEqualTo(200);
	}

	@Test
	void referencesBecomeAVideo() throws Exception {
		VideoSynthesisResult result = synthesis
			.call(param("wan2.6-r2v-flash").prompt("character1 and character2 watch a movie")
				.referenceUrls(List.of("https://example.com/a-12s.mp4", "https://example.com/b-2s.mp4",
						"https://example.com/c.png"))
				.size("1280*720")
				.duration(10)
				.audio(false)
				.build());
		assertThat(result.getOutput().getTaskStatus()).isEqualTo("SUCCEEDED");
		assertThat(result.getUsage().getSize()).isEqualTo("1280*720");
		assertThat(result.getUsage().getDuration()).isEqualTo(13.3f);
		assertThat(result.getUsage().getInputVideoDuration()).isEqualTo(3.3f);
		assertThat(result.getUsage().getOutputVideoDuration()).isEqualTo(10f);
	}

	@Test
	void failureIsAResult() throws Exception {
		VideoSynthesisResult result = synthesis.call(image("[[sim:fail=DataInspectionFailed]]").build());
		assertThat(result.getStatusCode()).isEqualTo(200);
		assertThat(result.getOutput().getTaskStatus()).isEqualTo("FAILED");
		assertThat(result.getOutput().getCode()).isEqualTo("DataInspectionFailed");
	}

	@Test
	void pendingTaskIsCancelled() throws Exception {
		String id = synthesis.asyncCall(image("[[sim:pending=60]]").build()).getOutput().getTaskId();
		assertThat(synthesis.fetch(id, TestSimulator.KEY).getOutput().getTaskStatus()).isEqualTo("PENDING");
		synthesis.cancel(id, TestSimulator.KEY);
		assertThat(synthesis.fetch(id, TestSimulator.KEY).getOutput().getTaskStatus()).isEqualTo("CANCELED");
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> synthesis.cancel(id, TestSimulator.KEY))
			.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo("UnsupportedOperation"));
	}

	@Test
	void tasksAreListed() throws Exception {
		VideoSynthesisResult created = synthesis.asyncCall(image("p").build());
		VideoSynthesisListResult list = synthesis.list(AsyncTaskListParam.builder()
			.apiKey(TestSimulator.KEY)
			.modelName("wan2.6-i2v-flash")
			.status("PENDING")
			.pageNo(1)
			.pageSize(20)
			.build());
		assertThat(list.getTotal()).isOne();
		assertThat(list.getData()).singleElement().satisfies((task) -> {
			assertThat(task.getTaskId()).isEqualTo(created.getOutput().getTaskId());
			assertThat(task.getRequestId()).isEqualTo(created.getRequestId());
			assertThat(task.getGmtCreate()).isGreaterThan(1_700_000_000_000L);
		});
	}

	@Test
	void fileIsUploadedFirst(@TempDir Path folder) throws Exception {
		Path photo = Files.write(folder.resolve("photo.jpg"), new byte[] { 1, 2, 3 });
		VideoSynthesisResult result = synthesis
			.asyncCall(param("wan2.6-i2v-flash").prompt("p").imgUrl("file://" + photo).build());
		assertThat(result.getOutput().getTaskStatus()).isEqualTo("PENDING");
	}

	@Test
	void refusalIsAnException() {
		assertThatExceptionOfType(ApiException.class)
			.isThrownBy(() -> synthesis.call(image("p").apiKey("sk-wrong").build()))
			.satisfies((ex) -> {
				assertThat(ex.getStatus().getStatusCode()).isEqualTo(401);
				assertThat(ex.getStatus().getCode()).isEqualTo("InvalidApiKey");
				assertThat(ex.getStatus().getRequestId()).hasSize(36);
			});
	}

	private static VideoSynthesisParam.VideoSynthesisParamBuilder<?, ?> param(String model) {
		return VideoSynthesisParam.builder().apiKey(TestSimulator.KEY).model(model);
	}

	private static VideoSynthesisParam.VideoSynthesisParamBuilder<?, ?> image(String prompt) {
		return param("wan2.6-i2v-flash").prompt(prompt).imgUrl("https://example.com/photo.jpg").duration(5);
	}

}
