package io.wangateway.catalogue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests what is on offer, and that a slip in the file keeps the gateway from starting.
 */
class CatalogueTests {

	private final Catalogue catalogue = ShippedCatalogue.read();

	@Test
	void flashModelIsOnOfferAndItsSiblingIsThereButSwitchedOff() {
		assertThat(this.catalogue.models()).extracting(Model::id).containsExactly("wan2.6-flash");
		assertThat(this.catalogue.model("wan2.6")).isEmpty();
		assertThat(this.catalogue.known("wan2.6").orElseThrow().modes()).containsOnlyKeys(Mode.T2V, Mode.I2V, Mode.R2V);
	}

	@Test
	void laneOfASwitchedOffModelIsStillKnown() {
		assertThat(this.catalogue.upstreamModels()).containsExactlyInAnyOrder("wan2.6-i2v-flash", "wan2.6-r2v-flash",
				"wan2.6-t2v", "wan2.6-i2v", "wan2.6-r2v");
		assertThat(this.catalogue.upstream("wan2.6-r2v").orElseThrow().lane()).isEqualTo(new ModeSpec.Lane(5, 5));
		assertThat(this.catalogue.upstream("wan2.6-flash")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "720p,16:9,1280*720", "720p,9:16,720*1280", "720p,1:1,960*960", "720p,4:3,1088*832",
			"720p,3:4,832*1088", "1080p,16:9,1920*1080", "1080p,9:16,1080*1920", "1080p,1:1,1440*1440",
			"1080p,4:3,1632*1248", "1080p,3:4,1248*1632" })
	void referenceVideoHasTenSizes(String resolution, String aspectRatio, String size) {
		assertThat(flash(Mode.R2V).size(Resolution.of(resolution), aspectRatio)).isEqualTo(size);
	}

	@Test
	void imageVideoTakesItsShapeFromTheImage() {
		assertThat(flash(Mode.I2V).aspectRatios()).isEmpty();
		assertThat(flash(Mode.I2V).size(Resolution.P1080, null)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "1,1,5", "2,1,2.5", "2,2,5", "3,1,1.65", "3,2,3.3", "3,3,4.95", "4,3,3.75", "5,3,3", "5,5,3", "5,1,1",
			"5,0,0", "0,0,0" })
	void reckonsTheMostThatAlibabaCountsOfReferences(int references, int possibleVideos, BigDecimal seconds) {
		assertThat(flash(Mode.R2V).references().mostSeconds(references, possibleVideos)).isEqualByComparingTo(seconds);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					id: wan2.6-flash | id: '' | models[0]: id must not be empty
					id: wan2.6-flash | id: wan2.6 | there are two models with the id wan2.6
					enabled: true | enabled: maybe | models[0].enabled
					duration: 5, | duration: 7, | models[0].modes.i2v: the default duration 7 is not one of [5, 10, 15]
					allowed: [5, 10, 15] | allowed: [] | models[0].modes.i2v.durations: durations must be positive, and there must be one
					seed_max: 2147483647 | seed_maximum: 1 | models[0].modes.i2v.seed_max: Missing creator property 'seed_max'
					watermark: false, | watermark: false, sparks: true, | models[0].modes.i2v.defaults.sparks: Unrecognized property "sparks"
					max_length: 1500 | max_length: 0 | models[0].modes.i2v.prompt: max_length must be positive
					"16:9": 1280 | 16:9: 1280 | '969' is no aspect ratio; write it in quotes
					1280*720 | 720p | '720p' is no size such as 1280*720
					aspect_ratio: "16:9" | aspect_ratio: "2:1" | the default aspect ratio '2:1' is not one of
					image: i2v, references: r2v | image: i2v | models[0]: routing must lead to each of the modes and to no other
					image: i2v, | picture: i2v, | models[0].routing
					counted_seconds: [5, | counted_seconds: [ | counted_seconds must have a figure for each number of references
					max_in_flight: 5 | max_in_flight: 0 | models[0].modes.i2v.lane: the limits of a lane must be positive
					models: | model: | models: Missing creator property 'models'
					""")
	void slipInTheFileIsToldInASentence(String text, String slip, String sentence) throws IOException {
		String shipped = new ClassPathResource("catalogue.yml").getContentAsString(StandardCharsets.UTF_8);
		assertThat(shipped).contains(text);
		ByteArrayResource edited = new ByteArrayResource(shipped.substring(0, shipped.indexOf(text))
			.concat(slip)
			.concat(shipped.substring(shipped.indexOf(text) + text.length()))
			.getBytes(StandardCharsets.UTF_8), "my-catalogue.yml");
		assertThatIllegalStateException().isThrownBy(() -> CatalogueFile.read(edited))
			.withMessageContaining("my-catalogue.yml")
			.withMessageContaining(sentence);
	}

	private ModeSpec flash(Mode mode) {
		return this.catalogue.model("wan2.6-flash").orElseThrow().mode(mode);
	}

}
