package io.wangateway.drills;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.wangateway.GatewayApplication;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A gateway as a process of its own: one of the replicas on a database. It also makes
 * teams and keys, as an admin does.
 */
public final class Gateway extends JvmProcess {

	private static final String ADMIN_KEY = "sk-op-" + "drill".repeat(8);

	/**
	 * Prepare a replica.
	 * @param folder for its log, and for the data folder, which the replicas share
	 * @param name what its log is called
	 * @param database where the rows are
	 * @param arguments further settings, such as {@code --gateway.sandbox.port=0}
	 */
	public Gateway(Path folder, String name, Database database, List<String> arguments) {
		this(folder, name, database, freePort(), arguments);
	}

	private Gateway(Path folder, String name, Database database, int port, List<String> arguments) {
		super(GatewayApplication.class.getName(), folder.resolve(name + ".log"), port, "/readyz", List.of("-Xmx256m"),
				settings(folder, database, port, arguments));
	}

	private static List<String> settings(Path folder, Database database, int port, List<String> arguments) {
		List<String> all = new ArrayList<>(database.arguments());
		all.addAll(List.of("--server.port=" + port, "--management.server.port=0", "--gateway.sandbox.port=0",
				"--gateway.data-dir=" + folder.resolve("data"), "--gateway.demo=false",
				"--gateway.admin-key=" + ADMIN_KEY));
		all.addAll(arguments);
		return all;
	}

	/**
	 * Make a team with a live key.
	 * @param name the team's name
	 * @param budget its monthly limit, or empty for none
	 * @return its key
	 */
	public String liveKey(String name, String budget) {
		return liveKey(name, budget, 1);
	}

	/**
	 * Make a team with a live key.
	 * @param name the team's name
	 * @param budget its monthly limit, or empty for none
	 * @param weight its share of a lane, relative to other teams
	 * @return its key
	 */
	public String liveKey(String name, String budget, int weight) {
		String team = admin("POST", "/v1/admin/teams", """
				{"name":"%s","weight":%d,"max_queued":1000000}""".formatted(name, weight)).get("id").stringValue();
		if (!budget.isEmpty()) {
			admin("PUT", "/v1/admin/teams/%s/budget".formatted(team), "{\"limit\":\"%s\"}".formatted(budget));
		}
		return admin("POST", "/v1/admin/teams/%s/keys".formatted(team), """
				{"name":"drill","livemode":true,"requests_per_minute":1000000}""").get("key").stringValue();
	}

	/**
	 * Do something as an admin.
	 * @param method such as {@code POST}
	 * @param path path and query
	 * @param body JSON, or empty for none
	 * @return the answer
	 */
	public JsonNode admin(String method, String path, String body) {
		try (HttpConnection connection = new HttpConnection(port(), 10_000)) {
			int status = connection.send(HttpConnection.request(method, path, ADMIN_KEY, "", body));
			if (status / 100 != 2) {
				throw new IllegalStateException("%s %s: %d %s".formatted(method, path, status, connection.body()));
			}
			return JsonMapper.shared().readTree(connection.body());
		}
		catch (IOException ex) {
			throw new IllegalStateException("%s %s".formatted(method, path), ex);
		}
	}

}
