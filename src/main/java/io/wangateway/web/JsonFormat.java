package io.wangateway.web;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.stereotype.Component;

/**
 * How everything looks in JSON: snake_case, nothing that is {@code null}, times in whole
 * Unix seconds.
 */
@Component
class JsonFormat implements JsonMapperBuilderCustomizer {

	@Override
	public void customize(JsonMapper.Builder json) {
		json.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
			.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
			.addModule(new SimpleModule().addSerializer(new UnixSeconds()));
	}

	private static final class UnixSeconds extends StdSerializer<Instant> {

		UnixSeconds() {
			super(Instant.class);
		}

		@Override
		public void serialize(Instant time, JsonGenerator json, SerializationContext context) {
			json.writeNumber(time.getEpochSecond());
		}

	}

}
