package io.wangateway.finance;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** Adds up a bill by model and day, so that a bill of any length fits. */
class Bill {

	private static final Pattern BETWEEN_WORDS = Pattern.compile("[;,|\\s]+");

	private final Collection<String> models;

	private final Map<Key, Sum> days = new TreeMap<>();

	private Sum others = Sum.NOTHING;

	/**
	 * Begin with nothing.
	 * @param models Alibaba's names of the models that can cost us anything
	 */
	Bill(Collection<String> models) {
		this.models = models;
	}

	void read(BillFile file) throws IOException {
		file.each(this::add);
	}

	/** Instance ids name the model among other words. */
	private void add(BillFile.Line line) {
		Stream.of(BETWEEN_WORDS.split(line.model().toLowerCase(Locale.ROOT)))
			.filter(this.models::contains)
			.findFirst()
			.ifPresentOrElse((model) -> this.days.merge(new Key(line.day(), model), Sum.of(line), Sum::plus),
					() -> this.others = this.others.plus(Sum.of(line)));
	}

	Map<Key, Sum> days() {
		return this.days;
	}

	/** What the bill has about models that no lane of ours is for. */
	Sum others() {
		return this.others;
	}

	int lines() {
		return this.days.values().stream().mapToInt(Sum::lines).sum() + this.others.lines();
	}

	/** A day and a model. */
	record Key(LocalDate day, String model) implements Comparable<Key> {

		@Override
		public int compareTo(Key other) {
			int byDay = this.day.compareTo(other.day);
			return (byDay != 0) ? byDay : this.model.compareTo(other.model);
		}

	}

	/**
	 * Some lines of a bill.
	 *
	 * @param lines how many
	 * @param seconds in all, {@code null} if one names none
	 * @param amount in all
	 */
	record Sum(int lines, @Nullable BigDecimal seconds, BigDecimal amount) {

		static final Sum NOTHING = new Sum(0, BigDecimal.ZERO, BigDecimal.ZERO);

		static Sum of(BillFile.Line line) {
			return new Sum(1, line.seconds(), line.amount());
		}

		Sum plus(Sum other) {
			return new Sum(this.lines + other.lines,
					(this.seconds != null && other.seconds != null) ? this.seconds.add(other.seconds) : null,
					this.amount.add(other.amount));
		}

	}

}
