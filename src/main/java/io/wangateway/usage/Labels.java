package io.wangateway.usage;

import io.wangateway.usage.Dimension.Kind;

/**
 * How a statement tells labels apart, as SQL. Where there are few label sets each word
 * has a number, in the order of words, which come back at last; numbering many would take
 * longer than it spares.
 */
sealed interface Labels {

	/**
	 * Choose how.
	 * @param query the report
	 * @param few whether there are few label sets
	 */
	static Labels of(UsageQuery query, boolean few) {
		return !query.isByLabel() ? new NotTold() : few ? new Numbered(query) : new Spelled(query);
	}

	/** Return named queries that it needs, each with a comma before it. */
	default String named() {
		return "";
	}

	/** Return the named query of facts whose labels are told apart. */
	default String facts() {
		return "fact";
	}

	/** Return a source that it needs before that of sums. */
	default String source() {
		return "";
	}

	/** Return what tells apart a sum {@code s}. */
	String ofSum();

	/** Return what that needs beside {@code s}. */
	default String besideSum() {
		return "";
	}

	/** Return a further condition for {@code s}. */
	default String wanted() {
		return "";
	}

	/** Return what tells apart a row {@code f} of {@link #facts()}. */
	default String ofFact() {
		return "f.label";
	}

	/** Return what is compared with {@code label} of a row to find those behind it. */
	default String of(String word) {
		return word;
	}

	/** Return the word of a row's {@code label}. */
	default String word(String label) {
		return label;
	}

	/** Return what that needs beside the row. */
	default String besideRow(String label) {
		return "";
	}

	/** No label matters. */
	record NotTold() implements Labels {

		@Override
		public String ofSum() {
			return "''";
		}

	}

	/** By numbers: even ones, so that any other word has one between them. */
	record Numbered(UsageQuery query) implements Labels {

		@Override
		public String named() {
			return """
					,
					labelled as materialized (
					    select l.id, %s as label
					      from (select id, labels from label_set union all select 0, null) l
					     where %s),
					word as materialized (
					    select w.label, 2 * cast(row_number() over (order by w.label) as integer) as number
					      from (select label from labelled union select label from fact) w),
					label_number as materialized (
					    select array_agg(coalesce(w.number, 0) order by i.id) as numbers
					      from generate_series(0, (select coalesce(max(id), 0) from label_set)) i (id)
					      left join labelled l on l.id = i.id
					      left join word w on w.label = l.label),
					numbered_fact as materialized (
					    select f.*, w.number from fact f join word w on w.label = f.label)"""
				.formatted(SelectionSql.groupedLabel(this.query, "l"), selection().ofLabels("l"));
		}

		@Override
		public String facts() {
			return "numbered_fact";
		}

		@Override
		public String source() {
			return "label_number labels cross join ";
		}

		@Override
		public String ofSum() {
			return "coalesce(labels.numbers[s.label_set_id + 1], 0)";
		}

		@Override
		public String wanted() {
			return selection().filters(Kind.LABEL) ? " and %s <> 0".formatted(ofSum()) : "";
		}

		@Override
		public String ofFact() {
			return "f.number";
		}

		@Override
		public String of(String word) {
			return """
					(select 1 + coalesce(sum(case when w.label < %1$s then 2 when w.label = %1$s then 1 else 0 end), 0)
					   from word w)""".formatted(word);
		}

		@Override
		public String word(String label) {
			return "w.label";
		}

		@Override
		public String besideRow(String label) {
			return "\n  left join word w on w.number = " + label;
		}

		private SelectionSql selection() {
			return new SelectionSql(this.query.selection());
		}

	}

	/** By the words themselves. */
	record Spelled(UsageQuery query) implements Labels {

		@Override
		public String ofSum() {
			return "l.label";
		}

		@Override
		public String besideSum() {
			return """

					cross join lateral (select %s as label
					                      from (select (select labels from label_set where id = s.label_set_id) as labels) l
					                     where %s
					                    offset 0) l"""
				.formatted(SelectionSql.groupedLabel(this.query, "l"),
						new SelectionSql(this.query.selection()).ofLabels("l"));
		}

	}

}
