package io.wangateway.pricing;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

/** Tests that teams see what they can use, what it can do and what it costs. */
@GatewayTest
class ModelRouteTests {

	@Autowired
	TestGateway gateway;

	@ParameterizedTest
	@ValueSource(strings = { "/v1/models", "/v1/models?type=video", "/v1/models?type=all" })
	void flashModelIsListedAndItsSiblingIsNot(String path) {
		get(path).expectStatus().isOk().expectBody().json("""
				{"object":"list","data":[{"id":"wan2.6-flash","object":"model","owned_by":"alibaba","type":"video"}],
				 "has_more":false}""").jsonPath("$.data.length()").isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "text", "image", "audio" })
	void thereIsNothingButVideo(String type) {
		get("/v1/models?type=" + type).expectStatus().isOk().expectBody().jsonPath("$.data.length()").isEqualTo(0);
	}

	@Test
	void unknownTypeIsRefused() {
		get("/v1/models?type=videos").expectStatus().isBadRequest();
		get("/v1/models?typ=video").expectStatus().isBadRequest();
	}

	@Test
	void modelTellsWhatItCanDoAndWhatItCosts() {
		get("/v1/models/wan2.6-flash").expectStatus()
			.isOk()
			.expectBody()
			.json("""
					{"id":"wan2.6-flash","capabilities":{
					  "i2v":{"durations":[5,10,15],"resolutions":["720p","1080p"],"audio":[true,false],
					    "prompt_max_length":1500,"prompt_required":false,"images":1,
					    "parameters":["negative_prompt","seed","prompt_extend","shot_type","audio_url"],
					    "defaults":{"duration":5,"resolution":"1080p","audio":true,"watermark":false}},
					  "r2v":{"durations":[5,10],"aspect_ratios":["16:9","9:16","1:1","4:3","3:4"],
					    "prompt_required":false,"references":5,"reference_videos":3,
					    "parameters":["negative_prompt","seed","shot_type","aspect_ratio"],
					    "defaults":{"aspect_ratio":"16:9"}}},
					 "pricing":[
					  {"mode":"i2v","resolution":"720p","audio":true,"unit_price":"0.30","currency":"CNY","unit":"second",
					   "billable":"output","effective_from":1767196800},
					  {"mode":"i2v","resolution":"720p","audio":false,"unit_price":"0.15"},
					  {"mode":"i2v","resolution":"1080p","audio":true,"unit_price":"0.50"},
					  {"mode":"i2v","resolution":"1080p","audio":false,"unit_price":"0.25"},
					  {"mode":"r2v","resolution":"720p","audio":true,"unit_price":"0.30","billable":"input_and_output"},
					  {"mode":"r2v","resolution":"720p","audio":false,"unit_price":"0.15"},
					  {"mode":"r2v","resolution":"1080p","audio":true,"unit_price":"0.50"},
					  {"mode":"r2v","resolution":"1080p","audio":false,"unit_price":"0.25"}]}""")
			.jsonPath("$.capabilities.i2v.references")
			.doesNotExist()
			.jsonPath("$.capabilities.i2v.aspect_ratios")
			.doesNotExist()
			.jsonPath("$.capabilities.r2v.images")
			.doesNotExist();
	}

	@ParameterizedTest
	@ValueSource(strings = { "wan2.6", "wan9", "wan2.6-i2v-flash" })
	void modelThatIsNotOnOfferIsNotFound(String id) {
		get("/v1/models/" + id).expectStatus()
			.isNotFound()
			.expectBody()
			.jsonPath("$.error.code")
			.isEqualTo("model_not_found");
	}

	private ResponseSpec get(String path) {
		return this.gateway.get(this.gateway.sandboxKey(this.gateway.team()), path);
	}

}
