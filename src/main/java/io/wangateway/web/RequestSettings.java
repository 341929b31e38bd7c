package io.wangateway.web;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How patient the gateway is with requests.
 *
 * @param bodyTimeout how long a JSON body may take to arrive
 */
@ConfigurationProperties("gateway.requests")
record RequestSettings(@DefaultValue("30s") Duration bodyTimeout) {
}
