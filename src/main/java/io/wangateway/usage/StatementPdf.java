package io.wangateway.usage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import org.openpdf.text.Document;
import org.openpdf.text.Element;
import org.openpdf.text.Font;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.Phrase;
import org.openpdf.text.Rectangle;
import org.openpdf.text.pdf.BaseFont;
import org.openpdf.text.pdf.FontSelector;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfWriter;

/**
 * Writes a statement as PDF. Latin letters and figures are in Helvetica, which every
 * reader has; for Chinese the characters that occur are embedded; emoji are told by name.
 */
final class StatementPdf {

	private static final float MARGIN = 42;

	private static final float SIZE = 9;

	private static final float HEADING = 11;

	private static final float TITLE = 16;

	/** How much wider a column of words is than one of figures or dates. */
	private static final float WORDS = 2.2F;

	/** In the Chinese font. */
	private static final char BOX = '\u25a1';

	private static final BaseFont CHINESE = chinese();

	private StatementPdf() {
	}

	/**
	 * Write a statement.
	 * @param statement which
	 * @param out where to
	 * @throws IOException if it can't be written
	 */
	static void write(Statement statement, OutputStream out) throws IOException {
		try (Document document = new Document(PageSize.A4, MARGIN, MARGIN, MARGIN, MARGIN)) {
			PdfWriter.getInstance(document, out);
			document.addTitle(statement.title());
			document.open();
			document.add(paragraph(statement.title(), TITLE));
			for (String fact : statement.facts()) {
				document.add(paragraph(fact, SIZE));
			}
			document.add(paragraph(statement.remark(), SIZE));
			for (Statement.Table table : statement.tables()) {
				if (!table.rows().isEmpty()) {
					document.add(table(table));
				}
			}
		}
	}

	private static Paragraph paragraph(String text, float size) throws IOException {
		Paragraph paragraph = new Paragraph(text(text, size, false));
		paragraph.setSpacingBefore(size / 2);
		paragraph.setSpacingAfter(size / 2);
		return paragraph;
	}

	private static PdfPTable table(Statement.Table table) throws IOException {
		PdfPTable drawn = new PdfPTable(table.columns().size());
		float[] widths = new float[table.columns().size()];
		for (int i = 0; i < widths.length; i++) {
			boolean words = i < table.texts() && !(i == 0 && table.texts() > 2);
			widths[i] = words ? WORDS : 1;
		}
		drawn.setWidths(widths);
		drawn.setWidthPercentage(100);
		drawn.setSpacingBefore(HEADING);
		// The heading is a part of the table, so that it is never left alone at the end
		// of a page.
		PdfPCell heading = new PdfPCell(text(table.title(), HEADING, false));
		heading.setColspan(widths.length);
		heading.setBorder(Rectangle.NO_BORDER);
		heading.setPaddingBottom(HEADING / 2);
		drawn.addCell(heading);
		drawn.setHeaderRows(2);
		row(drawn, table, table.columns(), true);
		for (List<String> row : table.rows()) {
			row(drawn, table, row, false);
		}
		if (!table.total().isEmpty()) {
			row(drawn, table, table.total(), true);
		}
		return drawn;
	}

	private static void row(PdfPTable drawn, Statement.Table table, List<String> values, boolean bold)
			throws IOException {
		for (int i = 0; i < values.size(); i++) {
			PdfPCell cell = new PdfPCell(text(values.get(i), SIZE, bold));
			cell.setBorder(Rectangle.BOTTOM);
			cell.setHorizontalAlignment((i < table.texts()) ? Element.ALIGN_LEFT : Element.ALIGN_RIGHT);
			drawn.addCell(cell);
		}
	}

	private static Phrase text(String text, float size, boolean bold) throws IOException {
		List<Font> fonts = List.of(
				new Font(BaseFont.createFont(bold ? BaseFont.HELVETICA_BOLD : BaseFont.HELVETICA, BaseFont.WINANSI,
						BaseFont.NOT_EMBEDDED), size),
				new Font(CHINESE, size, bold ? Font.BOLD : Font.NORMAL),
				new Font(BaseFont.createFont("STSong-Light", "UniGB-UCS2-H", BaseFont.NOT_EMBEDDED), size));
		FontSelector selector = new FontSelector();
		fonts.forEach(selector::addFont);
		return selector.process(legible(text, fonts));
	}

	/**
	 * Replace what no font has: an emoji by its name, so that two labels stay two, and
	 * anything else by a box.
	 */
	private static String legible(String text, List<Font> fonts) {
		StringBuilder legible = new StringBuilder();
		text.codePoints().forEach((character) -> {
			if (fonts.stream().anyMatch((font) -> font.getBaseFont().charExists(character))) {
				legible.appendCodePoint(character);
			}
			else if (Character.isEmoji(character)) {
				legible.append('(').append(Character.getName(character).toLowerCase(Locale.ROOT)).append(')');
			}
			else if (!isInvisible(character)) {
				legible.append(BOX);
			}
		});
		return legible.toString();
	}

	/** Whether a character only changes how its neighbours look. */
	private static boolean isInvisible(int character) {
		return Character.getType(character) == Character.FORMAT
				|| Character.getType(character) == Character.NON_SPACING_MARK;
	}

	private static BaseFont chinese() {
		String name = "/fonts/NotoSansSC-Subset.ttf";
		try (InputStream font = Objects.requireNonNull(StatementPdf.class.getResourceAsStream(name))) {
			return BaseFont.createFont(name, BaseFont.IDENTITY_H, BaseFont.EMBEDDED, true, font.readAllBytes(), null);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
