package io.wangateway.finance;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is read of a bill, and what the columns with it are called in Alibaba's exports,
 * Chinese and English, and in our own form. The first name that there is counts.
 */
enum BillColumn {

	/** When it was used, in Beijing. */
	DATE(true, "date", "day", "usage date", "consumption time", "usage start time", "billing date", "日期", "消费时间",
			"消费日期", "使用开始时间", "用量开始时间", "账单日期"),

	/** Alibaba's name of the model, alone or in an instance id. */
	MODEL(true, "model", "model name", "upstream model", "instance id", "模型", "模型名称", "实例id", "资产/资源实例id"),

	/** What is to be paid for it. */
	AMOUNT(true, "payable amount", "amount payable", "amount after price reduction", "pretax amount", "amount", "应付金额",
			"优惠后金额", "税前应付金额", "金额"),

	/** The billed seconds. */
	SECONDS(false, "seconds", "billed seconds", "usage", "quantity", "秒数", "计费秒数", "用量", "使用量"),

	/** In what it is to be paid. */
	CURRENCY(false, "currency", "币种", "货币");

	/** Units in parentheses, and what only separates words. */
	private static final Pattern NOISE = Pattern.compile("[(（][^)）]*[)）]|[\\s_]+");

	private final boolean required;

	/** With a bar between each two. */
	private final String names;

	BillColumn(boolean required, String... names) {
		this.required = required;
		this.names = String.join("|", names);
	}

	boolean isRequired() {
		return this.required;
	}

	/** Return where this is in a header, less than 0 for nowhere. */
	int in(List<String> header) {
		List<String> present = header.stream().map(BillColumn::normal).toList();
		return Stream.of(this.names.split("\\|", -1))
			.map((name) -> present.indexOf(normal(name)))
			.filter((index) -> index >= 0)
			.findFirst()
			.orElse(-1);
	}

	private static String normal(String name) {
		return NOISE.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
	}

}
