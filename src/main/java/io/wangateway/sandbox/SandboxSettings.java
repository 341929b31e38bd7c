package io.wangateway.sandbox;

import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the simulator is reached and behaves at first.
 *
 * @param port where it listens, or another free port where that one is taken; 0 for any
 * @param address where it listens when it was started alone; inside the gateway it is
 * always the loopback address
 * @param apiKey the key of its only account
 * @param timings see {@link Behaviour}
 * @param limits see {@link Behaviour}
 * @param faults see {@link Behaviour}
 */
@ConfigurationProperties("gateway.sandbox")
record SandboxSettings(@DefaultValue("8082") int port, @DefaultValue("127.0.0.1") String address,
		@DefaultValue("sk-simulator") String apiKey, @DefaultValue Behaviour.Timings timings,
		@DefaultValue Behaviour.Limits limits, @DefaultValue Map<String, Double> faults) {

	Behaviour behaviour() {
		return new Behaviour(this.timings, this.limits, this.faults);
	}

}
