package io.wangateway.ledger;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.wangateway.TestEnvironment;
import io.wangateway.TestGateway;

import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/**
 * A test of the books over HTTP, with a live account to which nothing is ever sent: what
 * is accepted waits until the test takes it on. All such tests share one context.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "gateway.dashscope.api-key=sk-of-the-tests",
				"gateway.dashscope.base-url=http://127.0.0.1:9/api/v1", "gateway.dashscope.max-in-flight=0" })
@AutoConfigureRestTestClient
@Import({ TestEnvironment.class, TestGateway.class, TestBooks.class, RandomLife.class })
public @interface BooksTest {

}
