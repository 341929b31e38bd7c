package io.wangateway.generation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.wangateway.catalogue.GenerationSpec;
import io.wangateway.catalogue.Mode;
import io.wangateway.catalogue.Resolution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.wangateway.generation.RequestReading.i2v;
import static io.wangateway.generation.RequestReading.r2v;
import static io.wangateway.generation.RequestReading.read;
import static io.wangateway.generation.RequestReading.readWithAllOn;
import static io.wangateway.generation.RequestReading.references;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests what a valid request says, with everything that it leaves unsaid. */
class GenerationRequestTests {

	private static final Options NONE = new Options(null, null, null, null, null, null);

	@Test
	void imageWithSound() {
		GenerationRequest request = read("""
				{"model":"wan2.6-flash","image_urls":["https://example.com/photo.jpg"],\
				"prompt":"The person comes alive and smiles","resolution":"1080p","duration":5,"audio":true}""");
		assertThat(request).isEqualTo(new GenerationRequest(
				new GenerationSpec("wan2.6-flash", Mode.I2V, "wan2.6-i2v-flash", Resolution.P1080, 5, true,
						BigDecimal.ZERO),
				"The person comes alive and smiles",
				List.of(new Media("https://example.com/photo.jpg", MediaKind.IMAGE)), false, null, NONE, Map.of(), null,
				null));
	}

	@Test
	void silentImageWithoutPrompt() {
		GenerationRequest request = read("""
				{"model":"wan2.6-flash","image_urls":["https://example.com/photo.jpg"],\
				"resolution":"720p","duration":5,"audio":false}""");
		assertThat(request.spec()).isEqualTo(new GenerationSpec("wan2.6-flash", Mode.I2V, "wan2.6-i2v-flash",
				Resolution.P720, 5, false, BigDecimal.ZERO));
		assertThat(request.prompt()).isNull();
	}

	@Test
	void referenceVideo() {
		GenerationRequest request = read("""
				{"model":"wan2.6-flash","prompt":"The character is watching a movie on the couch",\
				"metadata":{"reference_urls":["https://cdn.example.com/ref-character.mp4"]},\
				"resolution":"1080p","duration":5,"audio":true}""");
		assertThat(request).isEqualTo(new GenerationRequest(
				new GenerationSpec("wan2.6-flash", Mode.R2V, "wan2.6-r2v-flash", Resolution.P1080, 5, true,
						BigDecimal.valueOf(5)),
				"The character is watching a movie on the couch",
				List.of(new Media("https://cdn.example.com/ref-character.mp4", MediaKind.VIDEO)), false, "1920*1080",
				new Options(null, null, null, null, null, "16:9"), Map.of(), null, null));
	}

	@Test
	void whatIsNotSaidIsFilledIn() {
		GenerationRequest request = read(i2v(""));
		assertThat(request.spec()).isEqualTo(new GenerationSpec("wan2.6-flash", Mode.I2V, "wan2.6-i2v-flash",
				Resolution.P1080, 5, true, BigDecimal.ZERO));
		assertThat(request.watermark()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\"prompt\":\"\"", "\"prompt\":\" \\n \"" })
	void referenceVideoWithoutPromptGetsOne(String prompt) {
		assertThat(read(r2v(prompt)).prompt()).isEqualTo("character1 moves naturally, in the style of the reference");
	}

	@ParameterizedTest
	@CsvSource({ "720p,P720", "720P,P720", "1080p,P1080", "1080P,P1080" })
	void resolutionMayBeWrittenInAnyCase(String code, Resolution resolution) {
		assertThat(read(i2v("\"resolution\":\"%s\"".formatted(code))).spec().resolution()).isEqualTo(resolution);
	}

	@ParameterizedTest
	@CsvSource({ "5,5", "10,10", "15,15", "5.0,5", "1.5e1,15", "50E-1,5" })
	void durationIsAWholeNumberHoweverItIsWritten(String number, int seconds) {
		assertThat(read(i2v("\"duration\":" + number)).spec().seconds()).isEqualTo(seconds);
	}

	@Test
	void emptyArrayIsAsGoodAsNone() {
		assertThat(read("""
				{"model":"wan2.6-flash","image_urls":[],\
				"metadata":{"reference_urls":["https://cdn.example.com/ref.mp4"]}}""").spec().mode())
			.isEqualTo(Mode.R2V);
		assertThat(read(i2v("\"metadata\":{\"reference_urls\":[]}")).spec().mode()).isEqualTo(Mode.I2V);
	}

	@Test
	void imageVideoTakesItsOptionalParameters() {
		assertThat(read(i2v("""
				"negative_prompt":"rain","seed":2147483647,"prompt_extend":false,"shot_type":"multi",\
				"audio_url":"https://example.com/a.mp3","watermark":true""")).options())
			.isEqualTo(new Options("rain", Integer.MAX_VALUE, false, "multi", "https://example.com/a.mp3", null));
	}

	@Test
	void referenceVideoTakesItsOptionalParameters() {
		GenerationRequest request = read(r2v("""
				"negative_prompt":"rain","seed":0,"shot_type":"single","aspect_ratio":"9:16","resolution":"720p\""""));
		assertThat(request.options()).isEqualTo(new Options("rain", 0, null, "single", null, "9:16"));
		assertThat(request.size()).isEqualTo("720*1280");
	}

	@Test
	void optionalParametersMayStandInMetadata() {
		Options inMetadata = read(i2v("""
				"metadata":{"negative_prompt":"rain","seed":7,"prompt_extend":true,"shot_type":"multi",\
				"audio_url":"https://example.com/a.mp3"}""")).options();
		assertThat(inMetadata).isEqualTo(new Options("rain", 7, true, "multi", "https://example.com/a.mp3", null));
	}

	@Test
	void optionalParameterMayStandInBothPlacesIfTheyAgree() {
		assertThat(read(i2v("\"seed\":7,\"metadata\":{\"seed\":7.0}")).options().seed()).isEqualTo(7);
	}

	@ParameterizedTest
	@CsvSource({ "a.mp4,VIDEO", "a.MOV,VIDEO", "a.mov?x=b.png,VIDEO", "a.jpg,IMAGE", "a.JPEG,IMAGE",
			"a.png#t.mp4,IMAGE", "a.bmp,IMAGE", "a.webp,IMAGE", "a,UNKNOWN", "a.webm,UNKNOWN", "'',UNKNOWN",
			"mp4,UNKNOWN", "a.mp4/,UNKNOWN" })
	void endingOfThePathTellsTheKindOfAReference(String path, MediaKind kind) {
		assertThat(read(references("\"https://cdn.example.com/" + path + "\"")).media()).extracting(Media::kind)
			.containsExactly(kind);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					"https://a.example/1.mp4" | 5
					"https://a.example/1" | 5
					"https://a.example/1.png" | 0
					"https://a.example/1.mp4","https://a.example/2.png" | 2.5
					"https://a.example/1.mp4","https://a.example/2" | 5
					"https://a.example/1.png","https://a.example/2.mp4","https://a.example/3.mov" | 3.3
					"https://a.example/1","https://a.example/2","https://a.example/3","https://a.example/4" | 3.75
					"https://a.example/1.mp4","https://a.example/2.mp4","https://a.example/3.mp4","https://a.example/4","https://a.example/5" | 3
					""")
	void referencesDecideHowManySecondsCanBeCounted(String urls, BigDecimal seconds) {
		assertThat(read(references(urls)).spec().mostInputSeconds()).isEqualByComparingTo(seconds);
	}

	@Test
	void uploadIsRecognisedBeforeItsUrlIsJudged() {
		Map<String, MediaKind> uploads = Map.of("http://localhost:8080/uploads/upload_1", MediaKind.VIDEO, "upload_2",
				MediaKind.IMAGE);
		GenerationRequest request = read(references("\"http://localhost:8080/uploads/upload_1\",\"upload_2\""),
				(reference) -> new KnownUploads.Known(Objects.requireNonNull(uploads.get(reference))));
		assertThat(request.media()).containsExactly(
				new Media("http://localhost:8080/uploads/upload_1", MediaKind.VIDEO),
				new Media("upload_2", MediaKind.IMAGE));
		assertThat(request.spec().mostInputSeconds()).isEqualByComparingTo("2.5");
	}

	@Test
	void labelsAndIdsAreKept() {
		GenerationRequest request = read(i2v("""
				"labels":{"project":"Frühling","cost.centre":"4711","empty":""},"client_business_id":"order:7",\
				"trace_id":"t 1\""""));
		assertThat(request.labels()).containsExactly(Map.entry("project", "Frühling"), Map.entry("cost.centre", "4711"),
				Map.entry("empty", ""));
		assertThat(request.clientBusinessId()).isEqualTo("order:7");
		assertThat(request.traceId()).isEqualTo("t 1");
	}

	@Test
	void promptIsCountedInCodePoints() {
		assertThat(read(i2v("\"prompt\":\"%s\"".formatted("🎬".repeat(1500)))).prompt()).hasSize(3000);
	}

	@Test
	void siblingModelIsDataAlone() {
		GenerationRequest request = readWithAllOn(
				"""
						{"model":"wan2.6","prompt":"A fox","duration":10,"aspect_ratio":"1:1","audio_url":"https://example.com/a.mp3"}""");
		assertThat(request.spec()).isEqualTo(
				new GenerationSpec("wan2.6", Mode.T2V, "wan2.6-t2v", Resolution.P1080, 10, true, BigDecimal.ZERO));
		assertThat(request.size()).isEqualTo("1440*1440");
		assertThat(request.media()).isEmpty();
	}

}
