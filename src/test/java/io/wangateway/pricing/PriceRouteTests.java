package io.wangateway.pricing;

import java.time.Instant;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests how finance sets prices. All are for the sibling model, which nobody can use yet.
 */
@GatewayTest
class PriceRouteTests {

	@Autowired
	TestGateway gateway;

	@Autowired
	JdbcClient jdbc;

	@Test
	void financeSetsAPriceAndItIsAudited() {
		long from = Instant.now().getEpochSecond() + 3600;
		post("""
				{"model":"wan2.6","mode":"r2v","resolution":"1080p","audio":true,"unit_price":"1.00",\
				"effective_from":%d}""".formatted(from)).expectStatus()
			.isCreated()
			.expectBody()
			.json("""
					{"model":"wan2.6","mode":"r2v","resolution":"1080p","audio":true,"unit_price":"1.00","currency":"CNY",\
					"unit":"second","billable":"input_and_output","effective_from":%d}"""
				.formatted(from))
			.jsonPath("$.effective_to")
			.doesNotExist()
			.jsonPath("$.id")
			.value((id) -> assertThat(this.jdbc
				.sql("select after ->> 'unit_price' from audit_entry where action = 'price.create' and subject = :id")
				.param("id", id)
				.query(String.class)
				.single()).isEqualTo("1.00"));
	}

	@Test
	void priceMayHaveSixDecimalPlacesAndItsOwnBillable() {
		post("""
				{"model":"wan2.6","mode":"r2v","resolution":"720p","audio":true,"unit_price":"0.733924",\
				"billable":"output","currency":"CNY","unit":"second"}""").expectStatus()
			.isCreated()
			.expectBody()
			.json("""
					{"unit_price":"0.733924","billable":"output"}""");
	}

	@Test
	void nullEndsAPrice() {
		post("""
				{"model":"wan2.6","mode":"t2v","resolution":"720p","audio":true,"unit_price":null}""").expectStatus()
			.isCreated()
			.expectBody()
			.jsonPath("$.unit_price")
			.doesNotExist();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"model":"wan2.6","mode":"i2v","resolution":"720p","audio":true} | unit_price | unit_price is required
					{"model":"wan2.6","mode":"i2v","resolution":"720p","audio":true,"unit_price":0.6} | unit_price | unit_price must be a decimal number in quotes, from 0.000001 to 999999, with at most 6 decimal places (was 0.6)
					{"model":"wan2.6","mode":"i2v","resolution":"720p","audio":true,"unit_price":"0"} | unit_price | unit_price must be a decimal number in quotes, from 0.000001 to 999999, with at most 6 decimal places (was "0")
					{"model":"wan2.6","mode":"i2v","resolution":"720p","audio":true,"unit_price":"0.1234567"} | unit_price | unit_price must be a decimal number in quotes, from 0.000001 to 999999, with at most 6 decimal places (was "0.1234567")
					{"model":"wan2.6","mode":"i2v","resolution":"720p","audio":true,"unit_price":"1e1"} | unit_price | unit_price must be a decimal number in quotes, from 0.000001 to 999999, with at most 6 decimal places (was "1e1")
					{"model":"wan9","mode":"i2v","resolution":"720p","audio":true,"unit_price":"1"} | model | model must be one of wan2.6-flash, wan2.6 (was wan9)
					{"model":"wan2.6-flash","mode":"t2v","resolution":"720p","audio":true,"unit_price":"1"} | mode | wan2.6-flash has no mode t2v
					{"model":"wan2.6","mode":"i2v","resolution":"720p","audio":false,"unit_price":"1"} | audio | wan2.6 makes no silent videos
					{"model":"wan2.6","mode":"i2v","resolution":"480p","audio":true,"unit_price":"1"} | resolution | resolution must be one of 720p, 1080p (was "480p")
					{"model":"wan2.6","mode":"i2v","resolution":"720p","audio":true,"unit_price":"1","currency":"USD"} | currency | currency must be CNY (was USD)
					{"model":"wan2.6","mode":"i2v","resolution":"720p","audio":true,"unit_price":"1","unit":"minute"} | unit | unit must be second (was minute)
					{"model":"wan2.6","mode":"i2v","resolution":"720p","unit_price":"1"} | audio | audio is required
					""")
	void wrongPriceIsRefused(String body, String param, String message) {
		post(body).expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.error.param")
			.isEqualTo(param)
			.jsonPath("$.error.message")
			.isEqualTo(message);
	}

	@Test
	void priceOfThePastIsRefused() {
		post("""
				{"model":"wan2.6","mode":"i2v","resolution":"720p","audio":true,"unit_price":"1","effective_from":1767196800}""")
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.error.param")
			.isEqualTo("effective_from");
	}

	@Test
	void allPricesAreListedInPages() {
		get("/v1/admin/prices?limit=2&order=asc").expectStatus()
			.isOk()
			.expectBody()
			.json("""
					{"object":"list","data":[
					 {"id":"price_1","model":"wan2.6-flash","mode":"i2v","resolution":"720p","audio":true,"unit_price":"0.30",
					  "currency":"CNY","unit":"second","billable":"output","effective_from":1767196800},
					 {"id":"price_2","mode":"i2v","resolution":"720p","audio":false,"unit_price":"0.15"}],
					 "first_id":"price_1","last_id":"price_2","has_more":true}""");
		get("/v1/admin/prices?limit=2&order=asc&after=price_6").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.data[0].id")
			.isEqualTo("price_7")
			.jsonPath("$.data[1].id")
			.isEqualTo("price_8");
		get("/v1/admin/prices?limit=1&after=price_3").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.data[0].id")
			.isEqualTo("price_2");
		get("/v1/admin/prices?after=7").expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.error.param")
			.isEqualTo("after");
	}

	private ResponseSpec post(String body) {
		return this.gateway.post(this.gateway.operator("finance"), "/v1/admin/prices", body);
	}

	private ResponseSpec get(String path) {
		return this.gateway.get(this.gateway.admin(), path);
	}

}
