package io.wangateway.sandbox;

import java.time.Clock;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** What the server does: its routes, and the parts behind them. */
class Simulator {

	private static final Logger logger = LoggerFactory.getLogger(Simulator.class);

	private static final String SCHEMA = "dashscope_simulator";

	private final String apiKey;

	private final TaskRoutes tasks;

	private final Videos videos;

	/**
	 * Put the simulator together, with its schema up to date.
	 * @param settings its key, and how it behaves at first
	 * @param dataSource the database, which may serve others too
	 * @param clock the time
	 * @param mishaps makes answers go wrong
	 */
	Simulator(SandboxSettings settings, DataSource dataSource, Clock clock, Mishaps mishaps) {
		Flyway.configure()
			.dataSource(dataSource)
			.defaultSchema(SCHEMA)
			.locations("classpath:db/simulator")
			.load()
			.migrate();
		JdbcClient jdbc = JdbcClient.create(dataSource);
		TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
		Tasks tasks = new Tasks(jdbc);
		SharedState shared = new SharedState(jdbc, settings.behaviour());
		Throttle throttle = new Throttle(jdbc, clock);
		Faults faults = new Faults(shared, mishaps);
		Signer signer = new Signer(shared.signer().toString());
		this.apiKey = settings.apiKey();
		this.videos = new Videos(tasks, signer, clock);
		this.tasks = new TaskRoutes(tasks, new TaskPlanner(tasks, transaction, clock), throttle, shared, faults,
				this.videos, clock);
	}

	RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route()
			.path("/api/v1",
					(api) -> api.filter(this::authenticate)
						.POST("/services/aigc/video-generation/video-synthesis", this.tasks::create)
						.GET("/tasks/{id}", this.tasks::query)
						.route(RequestPredicates.all(), Simulator::notFound))
			.GET(Videos.PATH, this.videos::serve)
			.HEAD(Videos.PATH, this.videos::serve)
			.onError(Refusal.class, (ex, request) -> ((Refusal) ex).toAnswer().toResponse())
			.onError(StorageRefusal.class, (ex, request) -> ((StorageRefusal) ex).toAnswer().toResponse())
			.onError(Exception.class, (ex, request) -> {
				logger.error("The simulator could not answer {} {}", request.method(), request.path(), ex);
				return DocumentedErrors.refusal("InternalError").toAnswer().toResponse();
			})
			.build();
	}

	private ServerResponse authenticate(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
		String authorization = request.headers().firstHeader(HttpHeaders.AUTHORIZATION);
		if (authorization == null) {
			throw new Refusal(401, "InvalidApiKey", "No API-key provided.");
		}
		if (!authorization.equals("Bearer " + this.apiKey)) {
			throw new Refusal(401, "InvalidApiKey", "Invalid API-key provided.");
		}
		return next.handle(request);
	}

	private static ServerResponse notFound(ServerRequest request) {
		throw new Refusal(404, "NotFound", "Not found: " + request.path());
	}

}
