package io.wangateway.generation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.wangateway.catalogue.Mode;
import io.wangateway.team.Caller.TeamCaller;
import io.wangateway.web.AcceptsParameters;
import io.wangateway.web.ApiException;
import io.wangateway.web.Listing;
import io.wangateway.web.Paging;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Teams list their generations here.
 */
@RestController
class GenerationListController {

	private static final String LABEL = "label:";

	private static final int MAX_BATCH = 100;

	private final GenerationReader reader;

	GenerationListController(GenerationReader reader) {
		this.reader = reader;
	}

	@GetMapping("/v1/videos/generations")
	@AcceptsParameters("label:*")
	Listing<GenerationView> list(TeamCaller caller, Paging paging, @RequestParam(required = false) PublicStatus status,
			@RequestParam(required = false) Mode mode,
			@RequestParam(name = "created_after", required = false) @Nullable Long createdAfter,
			@RequestParam(name = "created_before", required = false) @Nullable Long createdBefore,
			@RequestParam Map<String, String> parameters) {
		GenerationFilter filter = new GenerationFilter(after(paging), status, mode, time(createdAfter),
				time(createdBefore), labels(parameters));
		return Listing.of(this.reader.list(caller, filter, paging), paging, (view) -> view.id().toString());
	}

	@PostMapping("/v1/videos/generations/batch")
	Batch batch(TeamCaller caller, @RequestBody ObjectNode body) {
		Set<String> ids = ids(body);
		Map<String, GenerationView> found = this.reader
			.find(caller, ids.stream().flatMap((id) -> GenerationId.parse(id).stream()).toList())
			.stream()
			.collect(Collectors.toMap((view) -> view.id().toString(), Function.identity()));
		List<GenerationView> data = new ArrayList<>();
		List<String> missing = new ArrayList<>();
		for (String id : ids) {
			GenerationView view = found.get(id);
			if (view != null) {
				data.add(view);
			}
			else {
				missing.add(id);
			}
		}
		return new Batch(data, missing);
	}

	private static @Nullable GenerationId after(Paging paging) {
		String after = paging.after();
		return (after != null) ? GenerationId.parse(after)
			.orElseThrow(() -> ApiException.invalid("after", "after must be the id of a task, such as last_id has it"))
				: null;
	}

	private static @Nullable Instant time(@Nullable Long seconds) {
		if (seconds != null && (seconds < 0 || seconds > 253402300799L)) {
			throw ApiException.invalid("created_after", "Times are Unix seconds, up to 253402300799");
		}
		return (seconds != null) ? Instant.ofEpochSecond(seconds) : null;
	}

	private static Map<String, String> labels(Map<String, String> parameters) {
		Map<String, String> labels = new LinkedHashMap<>();
		parameters.forEach((name, value) -> {
			if (name.startsWith(LABEL)) {
				labels.put(name.substring(LABEL.length()), value);
			}
		});
		return labels;
	}

	private static Set<String> ids(ObjectNode body) {
		JsonNode ids = body.path("ids");
		if (body.size() != 1 || !ids.isArray() || ids.isEmpty() || ids.size() > MAX_BATCH
				|| ids.valueStream().anyMatch((id) -> !id.isString())) {
			throw ApiException.invalid("ids",
					"ids must be an array of 1 to %d task ids, and the only field".formatted(MAX_BATCH));
		}
		return ids.valueStream().map(JsonNode::stringValue).collect(Collectors.toCollection(LinkedHashSet::new));
	}

	/**
	 * Several generations.
	 *
	 * @param data those that there are, in the order asked for
	 * @param missing the ids that there are not
	 */
	@JsonPropertyOrder({ "object", "data", "missing", "has_more" })
	record Batch(List<GenerationView> data, List<String> missing) {

		public String getObject() {
			return "list";
		}

		public boolean getHasMore() {
			return false;
		}

	}

}
