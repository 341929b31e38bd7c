package io.wangateway.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names query parameters that a handler method takes besides those it declares with
 * {@code @RequestParam}. All others are refused.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface AcceptsParameters {

	/**
	 * The names. One that ends in {@code *}, such as {@code label:*}, stands for all that
	 * begin so.
	 */
	String[] value();

}
