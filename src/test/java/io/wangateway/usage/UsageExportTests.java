package io.wangateway.usage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** Reports as files, with the numbers that they have as JSON. */
@GatewayTest
class UsageExportTests {

	@Autowired
	TestGateway gateway;

	@Autowired
	JdbcClient jdbc;

	PastTasks tasks;

	String team;

	String key;

	@BeforeEach
	void makeTasks(@Autowired TransactionTemplate transaction) {
		this.tasks = new PastTasks(this.jdbc, transaction);
		this.team = this.gateway.team();
		this.key = this.gateway.liveKey(this.team);
		this.tasks.task(this.team, "2026-03-01T10:00:00+08:00").label("project", "=cmd|' /C calc'!A0").book();
		UUID second = this.tasks.task(this.team, "2026-03-02T10:00:00+08:00")
			.r2v("7.5")
			.label("project", "a,\"b\"")
			.book();
		this.tasks.adjust(this.team, second, "2026-03-02T12:00:00+08:00", "-0.00000001");
	}

	@Test
	void csvHasAllRowsAndNoFormulas() {
		assertThat(text("month=2026-03&bucket_width=1d&group_by=label:project,audio&format=csv")).isEqualTo(
				"""
						start_time,end_time,label:project,audio,tasks,completed,failed,cancelled,seconds_requested,seconds_billed,\
						gross,released,adjusted,net,held\r
						2026-03-01T00:00:00+08:00,2026-03-02T00:00:00+08:00,'=cmd|' /C calc'!A0,true,1,1,0,0,5,5,2.50,0.00,0.00,2.50,0.00\r
						2026-03-02T00:00:00+08:00,2026-03-03T00:00:00+08:00,"a,""b""\",true,1,1,0,0,5,7.5,5.00,1.25,-0.00000001,3.74999999,0.00\r
						""");
	}

	@Test
	void byteOrderMarkIsThereOnRequest() {
		assertThat(text("month=2026-03&format=csv&bom=true")).startsWith("\uFEFFstart_time,");
		assertThat(text("month=2026-03&format=csv&tz=Asia/Kathmandu")).contains("2026-03-01T00:00:00+05:45,");
	}

	@Test
	void operatorsCsvNamesTeams() {
		String csv = new String(
				bytes(this.gateway.operator("finance"),
						"/v1/admin/usage?month=2026-03&group_by=team&format=csv&team=" + this.team),
				StandardCharsets.UTF_8);
		assertThat(csv.lines().skip(1)).singleElement().asString().contains("," + this.team + ",test ");
	}

	@Test
	void workbookHasRealNumbersAndDatesAndATotal() throws IOException {
		List<Row> rows = sheets(bytes(this.key, "/v1/usage?month=2026-03&bucket_width=1d&format=xlsx")).getFirst()
			.read();
		assertThat(rows).hasSize(4);
		assertThat(rows.getFirst().getCellText(0)).isEqualTo("start_time");
		assertThat(rows.get(1).getCellAsDate(0)).contains(LocalDateTime.of(2026, 3, 1, 0, 0));
		assertThat(rows.get(2).getCellAsNumber(11).orElseThrow()).isEqualByComparingTo(new BigDecimal("3.74999999"));
		assertThat(rows.get(3).getCellText(0)).isEqualTo("total");
		assertThat(rows.get(3).getCellAsNumber(11).orElseThrow()).isEqualByComparingTo(new BigDecimal("6.24999999"));
		assertThat(rows.get(3).getCellAsNumber(2).orElseThrow()).isEqualByComparingTo("2");
	}

	@Test
	void workbookHasASheetPerTeamOnRequest() throws IOException {
		List<Sheet> sheets = sheets(bytes(this.gateway.operator("finance"),
				"/v1/admin/usage?month=2026-03&group_by=mode&format=xlsx&sheets=team&team=" + this.team));
		assertThat(sheets).hasSize(2);
		assertThat(sheets.get(1).getName()).startsWith("test ");
		assertThat(sheets.get(1).read()).hasSize(4);
	}

	@Test
	void fileIsNeverAPage() {
		this.gateway.get(this.key, "/v1/usage?format=csv&limit=5").expectStatus().isBadRequest();
		this.gateway.get(this.key, "/v1/usage?format=pdf").expectStatus().isBadRequest();
	}

	private static List<Sheet> sheets(byte[] file) throws IOException {
		return new ReadableWorkbook(new ByteArrayInputStream(file)).getSheets().toList();
	}

	private String text(String query) {
		return new String(bytes(this.key, "/v1/usage?" + query), StandardCharsets.UTF_8);
	}

	private byte[] bytes(String key, String path) {
		return Objects.requireNonNull(
				this.gateway.get(key, path).expectStatus().isOk().expectBody().returnResult().getResponseBodyContent());
	}

}
