package io.wangateway;

import java.time.Clock;

import io.wangateway.admission.Upstreams;
import io.wangateway.dashscope.DashScopeAccount;
import io.wangateway.dashscope.DashScopeClient;
import io.wangateway.dashscope.DashScopeSettings;
import io.wangateway.generation.LiveAccount;
import io.wangateway.sandbox.SandboxServer;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Names the two accounts that generations go to: the company's and the simulator's.
 * Nothing else in the gateway knows that one of them is not DashScope.
 */
@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {

	@Bean
	Upstreams upstreams(DashScopeSettings settings, SandboxServer sandbox, Clock clock) {
		DashScopeAccount simulator = new DashScopeAccount(sandbox.baseUrl(), sandbox.apiKey(), null);
		return new Upstreams(
				settings.account().map((account) -> new DashScopeClient(account, settings, clock)).orElse(null),
				new DashScopeClient(simulator, settings, clock));
	}

	@Bean
	LiveAccount liveAccount(DashScopeSettings settings) {
		return new LiveAccount(settings.account().isPresent());
	}

}
