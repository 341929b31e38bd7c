package io.wangateway.web;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Puts what every route shares in its place.
 */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

	private final RequestSettings settings;

	WebConfiguration(RequestSettings settings) {
		this.settings = settings;
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(new QueryGuard()).order(Ordered.LOWEST_PRECEDENCE);
	}

	@Override
	public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
		resolvers.add(new PagingResolver());
	}

	@Override
	public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
		converters.addCustomConverter(new StrictJsonConverter(this.settings.bodyTimeout()))
			.configureMessageConvertersList((all) -> all.removeIf(WebConfiguration::speaksYaml));
	}

	/** Spring MVC would speak it as soon as any library brings a parser along. */
	private static boolean speaksYaml(HttpMessageConverter<?> converter) {
		return converter.getSupportedMediaTypes().contains(MediaType.APPLICATION_YAML);
	}

	/** Whoever opens the gateway in a browser finds what it is. */
	@Override
	public void addViewControllers(ViewControllerRegistry registry) {
		registry.addRedirectViewController("/", "/docs");
	}

	@Override
	public void addFormatters(FormatterRegistry registry) {
		registry.addConverterFactory(new EnumWords());
		registry.addConverter(String.class, Instant.class, (text) -> Instant.ofEpochSecond(Long.parseLong(text)));
		registry.addConverter(String.class, YearMonth.class, CalendarMonth::of);
	}

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> containerErrors(ErrorWriter errors) {
		return (factory) -> factory.addContextCustomizers(
				(context) -> context.getParent().getPipeline().addValve(new ContainerErrors(errors)));
	}

}
