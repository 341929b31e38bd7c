package io.wangateway.usage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.wangateway.catalogue.Catalogue;
import io.wangateway.catalogue.Mode;
import io.wangateway.catalogue.Model;
import io.wangateway.catalogue.Resolution;
import io.wangateway.team.KeyId;
import io.wangateway.team.TeamId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Reads which tasks count from the parameters that are named like dimensions.
 */
@Component
class SelectionReader {

	private static final int MAX_LABEL_LENGTH = 256;

	private final Catalogue catalogue;

	SelectionReader(Catalogue catalogue) {
		this.catalogue = catalogue;
	}

	/**
	 * Read the filters.
	 * @param team whose tasks count in any case, or {@code null} for all teams'
	 * @param livemode whether live ones count or those of the sandbox
	 * @param parameters the query
	 * @return what counts
	 */
	Selection read(@Nullable TeamId team, boolean livemode, Parameters parameters) {
		Map<Dimension, String> filters = new LinkedHashMap<>();
		for (String name : parameters.names()) {
			Optional<Dimension> dimension = Dimension.of(name);
			dimension.ifPresent((known) -> filters.put(known, value(known, parameters)));
			if (dimension.isEmpty() && name.startsWith(Dimension.LABEL_PREFIX)) {
				parameters.complain(name, "A label's name has 1 to 64 of the characters A-Z a-z 0-9 . _ -");
			}
		}
		String asked = filters.remove(Dimension.TEAM);
		return new Selection((asked != null) ? new TeamId(Integer.parseInt(asked)) : team, livemode, filters);
	}

	private String value(Dimension dimension, Parameters parameters) {
		String sent = String.valueOf(parameters.get(dimension.name()));
		return switch (dimension.kind()) {
			case TEAM -> team(sent, parameters);
			case API_KEY -> key(sent, parameters);
			case MODEL -> oneOf(dimension, sent, this.catalogue.all().stream().map(Model::id), parameters);
			case MODE -> oneOf(dimension, sent, Stream.of(Mode.values()).map(Mode::code), parameters);
			case RESOLUTION -> oneOf(dimension, sent, Stream.of(Resolution.values()).map(Resolution::code), parameters);
			case AUDIO -> oneOf(dimension, sent, Stream.of("true", "false"), parameters);
			case LABEL -> label(dimension, sent, parameters);
		};
	}

	private static String team(String sent, Parameters parameters) {
		try {
			return String.valueOf(TeamId.of(sent).value());
		}
		catch (IllegalArgumentException _) {
			parameters.refuse("team", "the id of a team, such as team_7");
			return "0";
		}
	}

	private static String key(String sent, Parameters parameters) {
		try {
			return String.valueOf(KeyId.of(sent).value());
		}
		catch (IllegalArgumentException _) {
			parameters.refuse("api_key", "the id of a key, such as key_7");
			return "0";
		}
	}

	private static String oneOf(Dimension dimension, String sent, Stream<String> words, Parameters parameters) {
		String allowed = words.collect(Collectors.joining(", "));
		if (Stream.of(allowed.split(", ")).noneMatch(Predicate.isEqual(sent))) {
			parameters.refuse(dimension.name(), "one of " + allowed);
		}
		return sent;
	}

	private static String label(Dimension dimension, String sent, Parameters parameters) {
		if (sent.length() > MAX_LABEL_LENGTH || !dimension.isValue(sent)) {
			parameters.refuse(dimension.name(), "a label of at most %d characters".formatted(MAX_LABEL_LENGTH));
		}
		return SelectionSql.LABEL_PRESENT + sent;
	}

}
