package io.wangateway;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/**
 * Holds, takes, returns or asks for a binary floating-point number. A local variable that
 * is nothing of these is not seen.
 */
final class UseFloatingPoint extends ArchCondition<JavaClass> {

	private static final Set<String> TYPES = Set.of("double", "float", "java.lang.Double", "java.lang.Float");

	UseFloatingPoint() {
		super("use floating-point numbers");
	}

	@Override
	public void check(JavaClass type, ConditionEvents events) {
		type.getFields().forEach((field) -> report(field, List.of(field.getRawType()), events));
		type.getCodeUnits()
			.forEach((unit) -> report(unit, types(unit.getRawReturnType(), unit.getRawParameterTypes()), events));
		type.getCodeUnitCallsFromSelf()
			.forEach((call) -> report(call,
					types(call.getTarget().getRawReturnType(), call.getTarget().getRawParameterTypes()), events));
	}

	private static List<JavaClass> types(JavaClass returned, Collection<JavaClass> taken) {
		return Stream.concat(Stream.of(returned), taken.stream()).toList();
	}

	private static void report(Object place, Collection<JavaClass> types, ConditionEvents events) {
		if (types.stream().anyMatch((type) -> TYPES.contains(type.getName()))) {
			events.add(SimpleConditionEvent.satisfied(place, place + " is about a floating-point number"));
		}
	}

}
