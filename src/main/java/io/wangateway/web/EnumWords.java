package io.wangateway.web;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonValue;

import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;
import org.springframework.util.ReflectionUtils;

/**
 * Reads enums in queries by the very words that they have in JSON.
 */
@SuppressWarnings("rawtypes")
final class EnumWords implements ConverterFactory<String, Enum> {

	/** Return the word of a constant, such as {@code 1080p}. */
	private static String wordOf(Object constant) {
		return Arrays.stream(((Enum<?>) constant).getDeclaringClass().getDeclaredMethods())
			.filter((method) -> method.isAnnotationPresent(JsonValue.class))
			.findFirst()
			.map((method) -> read(method, constant))
			.orElseGet(() -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT));
	}

	/** Return the constants of an enum by their words, in order. */
	static <E> Map<String, E> of(Class<E> type) {
		return Arrays.stream(type.getEnumConstants())
			.collect(Collectors.toMap(EnumWords::wordOf, Function.identity(), (a, _) -> a, LinkedHashMap::new));
	}

	private static String read(Method word, Object constant) {
		ReflectionUtils.makeAccessible(word);
		return String.valueOf(ReflectionUtils.invokeMethod(word, constant));
	}

	@Override
	public <T extends Enum> Converter<String, T> getConverter(Class<T> type) {
		Map<String, T> words = of(type);
		return (word) -> {
			T constant = words.get(word);
			if (constant == null) {
				throw new IllegalArgumentException("No such word");
			}
			return constant;
		};
	}

}
