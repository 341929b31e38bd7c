package io.wangateway.generation;

import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import io.wangateway.web.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.wangateway.generation.RequestReading.i2v;
import static io.wangateway.generation.RequestReading.messages;
import static io.wangateway.generation.RequestReading.r2v;
import static io.wangateway.generation.RequestReading.readWithAllOn;
import static io.wangateway.generation.RequestReading.references;
import static io.wangateway.generation.RequestReading.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that a wrong request is refused with a sentence that says how to put it right.
 */
class RefusedRequestTests {

	private static final String SEND = "; send image_urls with one image, or metadata.reference_urls with the images or "
			+ "videos to refer to";

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					"duration":6 | duration must be one of 5, 10, 15 (was 6)
					"duration":0 | duration must be one of 5, 10, 15 (was 0)
					"duration":-5 | duration must be one of 5, 10, 15 (was -5)
					"duration":5.5 | duration must be one of 5, 10, 15 (was 5.5)
					"duration":"5" | duration must be one of 5, 10, 15 (was "5")
					"duration":null | duration must be one of 5, 10, 15 (was null)
					"duration":[5] | duration must be one of 5, 10, 15 (was [5])
					"duration":true | duration must be one of 5, 10, 15 (was true)
					"duration":4294967301 | duration must be one of 5, 10, 15 (was 4294967301)
					"duration":5e99 | duration must be one of 5, 10, 15 (was 5E+99)
					"duration":5e-99 | duration must be one of 5, 10, 15 (was 5E-99)
					"resolution":"480p" | resolution must be one of 720p, 1080p (was "480p")
					"resolution":"4k" | resolution must be one of 720p, 1080p (was "4k")
					"resolution":"" | resolution must be one of 720p, 1080p (was "")
					"resolution":1080 | resolution must be one of 720p, 1080p (was 1080)
					"audio":"false" | audio must be true or false (was "false")
					"audio":0 | audio must be true or false (was 0)
					"audio":null | audio must be true or false (was null)
					"watermark":"yes" | watermark must be true or false (was "yes")
					"prompt":7 | prompt must be a string (was 7)
					"metadata":"x" | metadata must be an object (was "x")
					"metadata":[] | metadata must be an object (was [])
					"seed":-1 | seed must be a whole number from 0 to 2147483647 (was -1)
					"seed":2147483648 | seed must be a whole number from 0 to 2147483647 (was 2147483648)
					"seed":1.5 | seed must be a whole number from 0 to 2147483647 (was 1.5)
					"shot_type":"double" | shot_type must be one of single, multi (was "double")
					"prompt_extend":1 | prompt_extend must be true or false (was 1)
					"audio_url":"a.mp3" | audio_url must be an absolute URL that begins with http:// or https://
					"metadata":{"seed":-1} | metadata.seed must be a whole number from 0 to 2147483647 (was -1)
					"seed":1,"metadata":{"seed":2} | metadata.seed contradicts seed; send one of them
					"aspect_ratio":"16:9" | aspect_ratio is not possible with what this video is made from; possible are negative_prompt, seed, prompt_extend, shot_type, audio_url
					"client_business_id":"video_1" | client_business_id must be 1 to 128 of the characters A-Z a-z 0-9 . _ : - and must not begin with video_ (was "video_1")
					"client_business_id":"a b" | client_business_id must be 1 to 128 of the characters A-Z a-z 0-9 . _ : - and must not begin with video_ (was "a b")
					"trace_id":"" | trace_id must be a string of 1 to 128 characters (was "")
					"labels":"a" | labels must be an object (was "a")
					"labels":{"a b":"c"} | labels.a b must have a name of 1 to 64 of the characters A-Z a-z 0-9 . _ -
					"labels":{"a":1} | labels.a must be a string of at most 256 characters (was 1)
					"audoi":false | audoi is not known here; did you mean audio?
					"metadata":{"sed":1} | metadata.sed is not known here; did you mean seed?
					"metadata":{"duration":5} | metadata.duration is not known here; send it as duration
					"reference_urls":["https://a.example/1.mp4"] | reference_urls is not known here; send it as metadata.reference_urls
					"qqq":1 | qqq is not known here
					""")
	void wrongFieldIsToldWithWhatIsAllowed(String fields, String message) {
		assertThat(messages(i2v(fields))).containsExactly(message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					"duration":15 | duration must be one of 5, 10; Alibaba's limit for reference video is 10 s (was 15)
					"prompt_extend":true | prompt_extend is not possible with what this video is made from; possible are negative_prompt, seed, shot_type, aspect_ratio
					"audio_url":"https://example.com/a.mp3" | audio_url is not possible with what this video is made from; possible are negative_prompt, seed, shot_type, aspect_ratio
					"aspect_ratio":"21:9" | aspect_ratio must be one of 16:9, 9:16, 1:1, 4:3, 3:4 (was "21:9")
					"aspect_ratio":1.78 | aspect_ratio must be one of 16:9, 9:16, 1:1, 4:3, 3:4 (was 1.78)
					""")
	void referenceVideoHasLimitsOfItsOwn(String fields, String message) {
		assertThat(messages(r2v(fields))).containsExactly(message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"model":"wan2.6-flash","prompt":"A fox"} | image_urls | wan2.6-flash makes no video from a prompt alone
					{"model":"wan2.6-flash"} | image_urls | there is nothing to make a video from
					{"model":"wan2.6-flash","image_urls":[],"metadata":{"reference_urls":[]}} | image_urls | there is nothing to make a video from
					{"model":"wan2.6-flash","image_urls":["https://a.example/1.png"],"metadata":{"reference_urls":["https://a.example/1.mp4"]}} | metadata.reference_urls | image_urls and metadata.reference_urls can't be combined
					""")
	void requestThatLeadsNowhereIsToldWhatToSend(String json, String param, String reason) {
		assertThat(refusal(json).violations())
			.containsExactly(new Violation(param, ErrorCode.INVALID_REQUEST, reason + SEND));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					"image_urls":["https://a.example/1.png","https://a.example/2.png"] | image_urls must have exactly 1 image (has 2)
					"image_urls":"https://a.example/1.png" | image_urls must be an array of strings (was "https://a.example/1.png")
					"image_urls":[{"url":"https://a.example/1.png"}] | image_urls[0] must be a string (was {"url":"https://a.example/1.png"})
					"image_urls":[null] | image_urls[0] must be a string (was null)
					"image_urls":null | image_urls must be an array of strings (was null)
					"image_urls":["photo.png"] | image_urls[0] must be an absolute URL that begins with http:// or https://
					"image_urls":["upload_gone"] | There is no upload upload_gone
					"metadata":{"reference_urls":["https://a.example/1.mp4",7]} | metadata.reference_urls[1] must be a string (was 7)
					"metadata":{"reference_urls":"https://a.example/1.mp4"} | metadata.reference_urls must be an array of strings (was "https://a.example/1.mp4")
					"metadata":{"reference_urls":["https://a.example/1.mp4","https://localhost/2.mp4"]} | metadata.reference_urls[1] must have a public host that Alibaba can reach (localhost is a name of a private network)
					""")
	void wrongMediaAreTold(String fields, String message) {
		assertThat(messages("{\"model\":\"wan2.6-flash\",%s}".formatted(fields))).containsExactly(message);
	}

	@Test
	void missingUploadIsNotFound() {
		assertThat(refusal(references("\"upload_gone\"")).code()).isEqualTo(ErrorCode.UPLOAD_NOT_FOUND);
	}

	@Test
	void moreThanFiveReferencesAreTooMany() {
		String six = "\"https://a.example/1.png\",".repeat(5) + "\"https://a.example/6.png\"";
		assertThat(messages(references(six)))
			.containsExactly("metadata.reference_urls must have at most 5 references (has 6)");
	}

	@Test
	void moreThanThreeKnownVideosAreTooMany() {
		String four = "\"https://a.example/1.mp4\",".repeat(4) + "\"https://a.example/5\"";
		assertThat(messages(references(four)))
			.containsExactly("metadata.reference_urls must have at most 3 videos (has 4)");
	}

	@ParameterizedTest
	@CsvSource({ "prompt,1500", "negative_prompt,500" })
	void textThatUpstreamWouldCutIsRefused(String field, int limit) {
		assertThat(messages(i2v("\"%s\":\"%s\"".formatted(field, "字".repeat(limit + 1)))))
			.containsExactly("%s must have at most %d characters (has %d)".formatted(field, limit, limit + 1));
		RequestReading.read(i2v("\"%s\":\"%s\"".formatted(field, "字".repeat(limit))));
	}

	@Test
	void labelsHaveLimits() {
		StringBuilder seventeen = new StringBuilder("\"k\":\"v\"");
		for (int i = 0; i < 16; i++) {
			seventeen.append(",\"k%d\":\"v\"".formatted(i));
		}
		assertThat(messages(i2v("\"labels\":{%s}".formatted(seventeen)))).singleElement()
			.asString()
			.startsWith("labels must be an object of at most 16 labels");
		assertThat(messages(i2v("\"labels\":{\"k\":\"%s\"}".formatted("v".repeat(257))))).singleElement()
			.asString()
			.startsWith("labels.k must be a string of at most 256 characters");
	}

	@Test
	void modelIsRequired() {
		assertThat(refusal("""
				{"image_urls":["https://example.com/photo.jpg"]}""").violations())
			.containsExactly(Violation.invalid("model", "model is required; known is wan2.6-flash"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "wan9", "wan2.6", "WAN2.6-FLASH", "wan2.6-i2v-flash", "" })
	void modelThatIsNotOnOfferIsNotFound(String model) {
		ApiException refusal = refusal("""
				{"model":"%s","image_urls":["https://example.com/photo.jpg"]}""".formatted(model));
		assertThat(refusal.code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
		assertThat(refusal.violations()).extracting(Violation::message)
			.containsExactly("There is no model \"%s\"; known is wan2.6-flash".formatted(model));
	}

	@Test
	void modelMustBeAString() {
		assertThat(messages("{\"model\":7,\"image_urls\":[\"https://example.com/photo.jpg\"]}"))
			.containsExactly("model must be a string (was 7)");
	}

	@Test
	void webhookIsNotConfigured() {
		assertThat(refusal(i2v("\"callback_url\":\"https://example.com/hook\"")).code())
			.isEqualTo(ErrorCode.WEBHOOK_NOT_CONFIGURED);
	}

	@Test
	void unknownFieldHasACodeOfItsOwn() {
		assertThat(refusal(i2v("\"audoi\":false")).code()).isEqualTo(ErrorCode.UNKNOWN_PARAMETER);
	}

	@Test
	void allThatIsWrongIsToldAtOnce() {
		assertThat(messages(
				"""
						{"model":"wan9","prompt":"A fox","duration":"5","resolution":"480p","audio":"no","metadata":{"seed":1.5},\
						"wtermark":true}"""))
			.containsExactly("wtermark is not known here; did you mean watermark?",
					"There is no model \"wan9\"; known is wan2.6-flash",
					"resolution must be one of 720p, 1080p (was \"480p\")",
					"duration must be one of 5, 10, 15 (was \"5\")", "audio must be true or false (was \"no\")",
					"metadata.seed must be a whole number from 0 to 2147483647 (was 1.5)");
	}

	@Test
	void listOfWrongThingsHasAnEnd() {
		StringBuilder fields = new StringBuilder("\"x\":1");
		for (int i = 0; i < 1000; i++) {
			fields.append(",\"x%d\":1".formatted(i));
		}
		assertThat(messages(i2v(fields.toString()))).hasSize(50);
	}

	@Test
	void modelThatAlwaysHasSoundCannotBeSilenced() {
		assertThatExceptionOfType(ApiException.class)
			.isThrownBy(() -> readWithAllOn("{\"model\":\"wan2.6\",\"prompt\":\"A fox\",\"audio\":false}"))
			.withMessage("audio must be true, because this model's videos always have sound (was false)");
	}

	@Test
	void modelThatNeedsAPromptSaysSo() {
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> readWithAllOn("{\"model\":\"wan2.6\"}"))
			.withMessageStartingWith("there is nothing to make a video from; send image_urls with one image, "
					+ "or metadata.reference_urls with the images or videos to refer to, or a prompt alone");
	}

}
