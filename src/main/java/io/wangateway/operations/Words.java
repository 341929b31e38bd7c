package io.wangateway.operations;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The words of a text, as searches know them: letters and digits, whatever their case and
 * width. Chinese, Japanese kanji and kana are words of one character each, since nobody
 * writes spaces between them.
 *
 * @param words in the order of the text
 */
record Words(List<String> words) {

	/** Read the words of a text; none if there is none. */
	static Words of(@Nullable String text) {
		List<String> words = new ArrayList<>();
		StringBuilder word = new StringBuilder();
		String plain = (text != null) ? Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT) : "";
		plain.codePoints().forEach((character) -> {
			boolean alone = isWord(character);
			if (alone || !Character.isLetterOrDigit(character)) {
				end(word, words);
			}
			if (alone) {
				words.add(Character.toString(character));
			}
			else if (Character.isLetterOrDigit(character)) {
				word.appendCodePoint(character);
			}
		});
		end(word, words);
		return new Words(List.copyOf(words));
	}

	private static void end(StringBuilder word, List<String> words) {
		if (!word.isEmpty()) {
			words.add(word.toString());
			word.setLength(0);
		}
	}

	private static boolean isWord(int character) {
		return switch (Character.UnicodeScript.of(character)) {
			case HAN, HIRAGANA, KATAKANA -> true;
			default -> false;
		};
	}

	boolean isEmpty() {
		return this.words.isEmpty();
	}

	/** Whether these words stand in another text, one after another. */
	boolean areIn(Words text) {
		for (int i = 0; i + this.words.size() <= text.words.size(); i++) {
			if (text.words.subList(i, i + this.words.size()).equals(this.words)) {
				return true;
			}
		}
		return false;
	}

	/** The numbers of all words and of all pairs of neighbours. */
	Set<Integer> terms() {
		Set<Integer> terms = new HashSet<>(pairs());
		this.words.forEach((word) -> terms.add(word.hashCode()));
		return terms;
	}

	/**
	 * The numbers that a text must have in which these words stand. Others may have them
	 * too.
	 */
	Set<Integer> needed() {
		return (this.words.size() == 1) ? terms() : pairs();
	}

	private Set<Integer> pairs() {
		Set<Integer> pairs = new HashSet<>();
		for (int i = 1; i < this.words.size(); i++) {
			pairs.add((this.words.get(i - 1) + ' ' + this.words.get(i)).hashCode());
		}
		return pairs;
	}

}
