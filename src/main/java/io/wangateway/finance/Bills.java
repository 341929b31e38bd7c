package io.wangateway.finance;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.CharacterCodingException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Types;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.HexFormat;

import io.wangateway.team.Audit;
import io.wangateway.team.Caller.Operator;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Alibaba's bills, one for each month. A bill that is imported again takes the place of
 * the former.
 */
@Component
class Bills {

	private static final long MAX_BYTES = 64 << 20;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final Audit audit;

	Bills(JdbcClient jdbc, TransactionTemplate transaction, Audit audit) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.audit = audit;
	}

	/**
	 * Import a bill.
	 * @param operator who brings it
	 * @param month which
	 * @param file CSV, as {@link BillColumn} reads it
	 * @param charset how it is written
	 * @throws ApiException if it can't be read
	 */
	void put(Operator operator, YearMonth month, InputStream file, Charset charset) throws IOException {
		DigestInputStream bytes = new DigestInputStream(new LimitedInput(file, MAX_BYTES), sha256());
		Bill bill = new Bill(new HashSet<>(
				this.jdbc.sql("select name from known_upstream_model").query((row, _) -> row.getString(1)).list()));
		try {
			bill.read(new BillFile(month, new InputStreamReader(bytes, charset.newDecoder())));
		}
		catch (CharacterCodingException _) {
			throw new ApiException(ErrorCode.INVALID_REQUEST,
					"The file is not written in %s; name its charset in Content-Type".formatted(charset));
		}
		byte[] digest = bytes.getMessageDigest().digest();
		this.transaction.executeWithoutResult((_) -> {
			store(operator, month, bill, digest);
			this.audit.record(operator, "bill.import", month.toString(), null,
					new Imported(HexFormat.of().formatHex(digest), bill.lines()));
		});
	}

	private void store(Operator operator, YearMonth month, Bill bill, byte[] digest) {
		this.jdbc.sql("""
				insert into bill (month, imported_at, imported_by, sha256, lines, other_lines, other_amount)
				values (:month, books_now(), :operator, :sha256, :lines, :otherLines, :otherAmount)
				on conflict (month) do update
				   set imported_at = excluded.imported_at, imported_by = excluded.imported_by,
				       sha256 = excluded.sha256, lines = excluded.lines, other_lines = excluded.other_lines,
				       other_amount = excluded.other_amount""")
			.param("month", month.atDay(1))
			.param("operator", operator.name())
			.param("sha256", digest)
			.param("lines", bill.lines())
			.param("otherLines", bill.others().lines())
			.param("otherAmount", bill.others().amount())
			.update();
		this.jdbc.sql("delete from bill_day where month = :month").param("month", month.atDay(1)).update();
		bill.days()
			.forEach((key, sum) -> this.jdbc.sql("""
					insert into bill_day (month, day, upstream_model, lines, seconds, amount)
					values (:month, :day, :model, :lines, :seconds, :amount)""")
				.param("month", month.atDay(1))
				.param("day", key.day())
				.param("model", key.model())
				.param("lines", sum.lines())
				.param("seconds", sum.seconds(), Types.NUMERIC)
				.param("amount", sum.amount())
				.update());
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** What the audit trail keeps of an import. */
	private record Imported(String sha256, int lines) {
	}

}
