package io.wangateway.sandbox;

import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;

import javax.sql.DataSource;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServer;
import org.springframework.http.converter.ResourceHttpMessageConverter;
import org.springframework.http.converter.ResourceRegionHttpMessageConverter;
import org.springframework.stereotype.Component;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.function.support.HandlerFunctionAdapter;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;

/**
 * DashScope, simulated: a server on a port of its own, which has nothing in common with
 * the gateway but the database. It answers from before it is injected anywhere until
 * everything that it was injected into is gone.
 */
@Component
public class SandboxServer {

	private static final Logger logger = LoggerFactory.getLogger(SandboxServer.class);

	private static final long LARGEST_UPLOAD = 101L << 20;

	private final SandboxSettings settings;

	private final InetAddress address;

	private final DataSource dataSource;

	private final Clock clock;

	private final Mishaps mishaps = new Mishaps();

	private @Nullable WebServer server;

	@Autowired
	SandboxServer(SandboxSettings settings, DataSource dataSource, Clock clock) {
		this(settings, InetAddress.getLoopbackAddress(), dataSource, clock);
	}

	SandboxServer(SandboxSettings settings, InetAddress address, DataSource dataSource, Clock clock) {
		this.settings = settings;
		this.address = address;
		this.dataSource = dataSource;
		this.clock = clock;
	}

	@PostConstruct
	void start() {
		Simulator simulator = new Simulator(this.settings, this.dataSource, this.clock, this.mishaps);
		try {
			this.server = listen(simulator, this.settings.port());
		}
		catch (PortInUseException ex) {
			this.server = listen(simulator, 0);
		}
		logger.info("DashScope is simulated at {}", baseUrl());
	}

	private WebServer listen(Simulator simulator, int port) {
		TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(port);
		factory.setAddress(this.address);
		factory.addEngineValves(new CutConnections());
		factory.addProtocolHandlerCustomizers(
				(protocol) -> protocol.setExecutor(Executors.newVirtualThreadPerTaskExecutor()));
		WebServer started = factory.getWebServer((servlets) -> register(simulator, servlets));
		started.start();
		return started;
	}

	private static void register(Simulator simulator, ServletContext servlets) {
		RouterFunctionMapping mapping = new RouterFunctionMapping(simulator.routes());
		mapping.setMessageConverters(
				List.of(new ResourceHttpMessageConverter(), new ResourceRegionHttpMessageConverter()));
		GenericWebApplicationContext context = new GenericWebApplicationContext(servlets);
		context.registerBean(RouterFunctionMapping.class, () -> mapping);
		context.registerBean(HandlerFunctionAdapter.class);
		ServletRegistration.Dynamic servlet = servlets.addServlet("simulator", new DispatcherServlet(context));
		servlet.addMapping("/");
		servlet.setLoadOnStartup(1);
		servlet.setMultipartConfig(new MultipartConfigElement("", LARGEST_UPLOAD, LARGEST_UPLOAD, 1 << 16));
	}

	@PreDestroy
	void stop() {
		this.mishaps.close();
		if (this.server != null) {
			this.server.stop();
		}
	}

	/**
	 * Return where the API is, as a client's base URL.
	 * @return such as {@code http://127.0.0.1:8082/api/v1}
	 */
	public URI baseUrl() {
		if (this.server == null) {
			throw new IllegalStateException("The simulator has not been started");
		}
		return URI.create("http://127.0.0.1:%d/api/v1".formatted(this.server.getPort()));
	}

	/** Return the key of the only account. */
	public String apiKey() {
		return this.settings.apiKey();
	}

}
