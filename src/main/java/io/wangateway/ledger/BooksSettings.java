package io.wangateway.ledger;

import java.time.ZoneId;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the books are kept.
 *
 * @param zone where budgets, months and closing are cut; fixed once there are entries
 */
@ConfigurationProperties("gateway.books")
record BooksSettings(@DefaultValue("Asia/Shanghai") ZoneId zone) {
}
