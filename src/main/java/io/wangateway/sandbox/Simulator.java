package io.wangateway.sandbox;

import java.io.IOException;
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

	private final UploadRoutes uploads;

	private final ControlRoutes control;

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
		Uploads uploads = new Uploads(jdbc, clock);
		SharedState shared = new SharedState(jdbc, transaction, settings.behaviour());
		Throttle throttle = new Throttle(jdbc, clock);
		Faults faults = new Faults(shared, mishaps);
		Signer signer = new Signer(shared.signer().toString());
		this.apiKey = settings.apiKey();
		this.videos = new Videos(tasks, faults, signer, clock);
		this.tasks = new TaskRoutes(tasks, new TaskPlanner(tasks, transaction, clock), uploads, throttle, shared,
				faults, this.videos, clock);
		this.uploads = new UploadRoutes(uploads, throttle, shared, faults, signer, clock);
		this.control = new ControlRoutes(shared, tasks, uploads, clock);
	}

	RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route()
			.path("/api/v1", this::api)
			.path("/simulator", this::control)
			.POST(UploadRoutes.PATH, this.uploads::receive)
			.GET(Videos.PATH, this.videos::serve)
			.HEAD(Videos.PATH, this.videos::serve)
			.onError(Refusal.class, (ex, request) -> ((Refusal) ex).toAnswer().toResponse())
			.onError(StorageRefusal.class, (ex, request) -> ((StorageRefusal) ex).toAnswer().toResponse())
			.onError(IOException.class, (ex, request) -> ServerResponse.badRequest().build())
			.onError(Exception.class, Simulator::failed)
			.build();
	}

	private void api(RouterFunctions.Builder api) {
		api.filter(this::authenticate)
			.POST("/services/aigc/video-generation/video-synthesis", this.tasks::create)
			.GET("/tasks", this.tasks::list)
			.GET("/tasks/", this.tasks::list)
			.GET("/tasks/{id}", this.tasks::query)
			.POST("/tasks/{id}/cancel", this.tasks::cancel)
			.GET("/uploads", this.uploads::policy)
			.route(RequestPredicates.all(), Simulator::notFound);
	}

	private void control(RouterFunctions.Builder control) {
		control.GET("/behaviour", this.control::behaviour)
			.PATCH("/behaviour", this.control::change)
			.DELETE("/behaviour", this.control::reset)
			.GET("/tasks", this.control::tasks)
			.DELETE("/tasks", this.control::forget)
			.GET("/uploads", this.control::uploads);
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

	private static ServerResponse failed(Throwable failure, ServerRequest request) {
		logger.error("The simulator could not answer {} {}", request.method(), request.path(), failure);
		return DocumentedErrors.refusal("InternalError").toAnswer().toResponse();
	}

}
