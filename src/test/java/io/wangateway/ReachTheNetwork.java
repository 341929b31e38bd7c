package io.wangateway;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/**
 * Calls an HTTP client, itself or through any number of our own methods. Calls that are
 * bound at run time, such as those of listeners, are not seen.
 */
final class ReachTheNetwork extends ArchCondition<JavaMethod> {

	private static final DescribedPredicate<JavaClass> HTTP_CLIENT = JavaClass.Predicates.resideInAnyPackage(
			"java.net.http..", "org.springframework.web.client..", "org.springframework.web.reactive.function.client..",
			"org.apache.hc..");

	private static final DescribedPredicate<JavaClass> OURS = JavaClass.Predicates.resideInAPackage("io.wangateway..");

	ReachTheNetwork() {
		super("reach the network");
	}

	@Override
	public void check(JavaMethod method, ConditionEvents events) {
		Set<JavaCodeUnit> seen = new HashSet<>();
		Deque<JavaCodeUnit> toVisit = new ArrayDeque<>();
		toVisit.add(method);
		while (!toVisit.isEmpty()) {
			for (JavaAccess<?> access : toVisit.remove().getAccessesFromSelf()) {
				if (HTTP_CLIENT.test(access.getTargetOwner())) {
					events.add(SimpleConditionEvent.satisfied(method,
							method.getFullName() + " reaches the network: " + access.getDescription()));
					return;
				}
				else if (OURS.test(access.getTargetOwner())) {
					access.getTarget()
						.resolveMember()
						.filter(JavaCodeUnit.class::isInstance)
						.map(JavaCodeUnit.class::cast)
						.filter(seen::add)
						.ifPresent(toVisit::add);
				}
			}
		}
	}

}
