package io.wangateway.web;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

/**
 * The query parameters that a route takes.
 *
 * @param single those that may be given once
 * @param repeatable those that may be given several times
 * @param prefixes what further names may begin with
 */
record QueryNames(Set<String> single, Set<String> repeatable, Set<String> prefixes) {

	/** Read the names off a handler method. */
	static QueryNames of(HandlerMethod handler) {
		QueryNames names = new QueryNames(new HashSet<>(), new HashSet<>(), new HashSet<>());
		for (MethodParameter parameter : handler.getMethodParameters()) {
			names.add(parameter);
		}
		AcceptsParameters more = handler.getMethodAnnotation(AcceptsParameters.class);
		if (more != null) {
			Arrays.stream(more.value()).forEach(names::add);
		}
		return names;
	}

	private void add(MethodParameter parameter) {
		if (parameter.getParameterType() == Paging.class) {
			this.single.addAll(Paging.NAMES);
		}
		RequestParam declared = parameter.getParameterAnnotation(RequestParam.class);
		if (declared != null) {
			Class<?> type = parameter.getParameterType();
			boolean several = Collection.class.isAssignableFrom(type) || type.isArray();
			(several ? this.repeatable : this.single).add(nameOf(parameter, declared));
		}
	}

	private void add(String name) {
		if (name.endsWith("*")) {
			this.prefixes.add(name.substring(0, name.length() - 1));
		}
		else {
			this.single.add(name);
		}
	}

	private static String nameOf(MethodParameter parameter, RequestParam declared) {
		return declared.name().isEmpty() ? String.valueOf(parameter.getParameter().getName()) : declared.name();
	}

	boolean isKnown(String name) {
		return this.single.contains(name) || isRepeatable(name)
				|| this.prefixes.stream().anyMatch((prefix) -> name.startsWith(prefix) && !name.equals(prefix));
	}

	boolean isRepeatable(String name) {
		return this.repeatable.contains(name);
	}

	/** All names, to guess from. */
	Set<String> all() {
		Set<String> all = new TreeSet<>(this.single);
		all.addAll(this.repeatable);
		all.addAll(this.prefixes);
		return all;
	}

}
