package io.wangateway;

import java.time.Clock;
import java.util.Date;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import jakarta.persistence.Entity;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

/** The rules of the house that the compiler does not know. */
@AnalyzeClasses(packagesOf = GatewayApplication.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule timeComesFromTheClock = noClasses().should()
		.callMethodWhere(DescribedPredicate.describe("the machine's time is read", ArchitectureTests::readsTime))
		.orShould()
		.callConstructor(Date.class)
		.because("tests stand still the clock that is a bean");

	@ArchTest
	static final ArchRule nothingIsInjectedIntoFields = GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

	@ArchTest
	static final ArchRule nothingIsWrittenToStandardStreams = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

	@ArchTest
	static final ArchRule nothingIsPrinted = noClasses().should().dependOnClassesThat().areAssignableTo(IO.class);

	@ArchTest
	static final ArchRule loggingIsNotTheJdks = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("java.util.logging..");

	@ArchTest
	static final ArchRule classesAreNamedForWhatTheyAre = noClasses().should()
		.haveNameMatching(".*(Impl|Utils?|Helper|Manager)")
		.because("such a name fits everything, so that everything ends up there");

	@ArchTest
	static final ArchRule controllersAreTheirPackagesOwn = classes().that()
		.areMetaAnnotatedWith(Controller.class)
		.should()
		.bePackagePrivate();

	@ArchTest
	static final ArchRule settingsAreRecords = classes().that()
		.areAnnotatedWith(ConfigurationProperties.class)
		.should()
		.beRecords();

	@ArchTest
	static final ArchRule entitiesHaveNoSetters = noMethods().that()
		.areDeclaredInClassesThat()
		.areAnnotatedWith(Entity.class)
		.should()
		.haveNameMatching("set[A-Z].*")
		.because("an entity changes by the steps of its life, each of which checks the state that it leaves");

	@ArchTest
	static final ArchRule loopsRunAtAFixedRate = noMethods().should()
		.beAnnotatedWith(DescribedPredicate.describe("@Scheduled with a fixed delay",
				(annotation) -> annotation.getRawType().isEquivalentTo(Scheduled.class)
						&& (annotation.hasExplicitlyDeclaredProperty("fixedDelay")
								|| annotation.hasExplicitlyDeclaredProperty("fixedDelayString"))))
		.because("with virtual threads such loops share one thread and starve each other");

	@ArchTest
	static final ArchRule moneyIsDecimal = noClasses().that()
		.resideInAnyPackage("io.wangateway.pricing..", "io.wangateway.ledger..")
		.should(new UseFloatingPoint());

	@ArchTest
	static final ArchRule noTransactionSpansANetworkCall = noMethods()
		.that(DescribedPredicate.describe("are transactional", ArchitectureTests::isTransactional))
		.should(new ReachTheNetwork())
		.because("the transaction's locks would wait for another company's server");

	private static boolean readsTime(JavaMethodCall call) {
		MethodCallTarget target = call.getTarget();
		String owner = target.getOwner().getName();
		return switch (target.getName()) {
			case "now" -> owner.startsWith("java.time.")
					&& target.getRawParameterTypes().stream().noneMatch((type) -> type.isEquivalentTo(Clock.class));
			case "currentTimeMillis" -> true;
			default -> owner.equals(Clock.class.getName()) && target.getName().matches("(system|tick).*")
					&& !call.getOrigin().isAnnotatedWith(Bean.class);
		};
	}

	private static boolean isTransactional(JavaMethod method) {
		return method.isAnnotatedWith(Transactional.class) || method.getOwner().isAnnotatedWith(Transactional.class);
	}

}
