package io.wangateway.operations;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WordsTests {

	@Test
	void wordsAreLettersAndDigitsWhateverTheirCaseAndWidth() {
		assertThat(Words.of("A Cat’s \uff12\uff10-metre jump, ÉTÉ!").words()).containsExactly("a", "cat", "s", "20",
				"metre", "jump", "été");
		assertThat(Words.of(null).isEmpty()).isTrue();
		assertThat(Words.of("… — !").isEmpty()).isTrue();
	}

	@Test
	void chineseIsReadByTheCharacter() {
		assertThat(Words.of("一只猫cat，走 3步").words()).containsExactly("一", "只", "猫", "cat", "走", "3", "步");
	}

	@Test
	void wordsStandInATextOnlyOneAfterAnother() {
		Words text = Words.of("the cat sat on the mat");
		assertThat(Words.of("SAT on").areIn(text)).isTrue();
		assertThat(Words.of("mat").areIn(text)).isTrue();
		assertThat(Words.of("on sat").areIn(text)).isFalse();
		assertThat(Words.of("cat on").areIn(text)).isFalse();
		assertThat(Words.of("ma").areIn(text)).isFalse();
	}

	@Test
	void textHasTheTermsOfWhatStandsInIt() {
		assertThat(Words.of("the cat sat on the mat").terms()).containsAll(Words.of("cat").needed())
			.containsAll(Words.of("on the mat").needed())
			.doesNotContainAnyElementsOf(Words.of("mat cat").needed());
	}

}
