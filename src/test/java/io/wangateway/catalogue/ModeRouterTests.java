package io.wangateway.catalogue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests which input leads to which mode, and what callers are told who get lost. */
class ModeRouterTests {

	private static final String SEND = "; send image_urls with one image, or metadata.reference_urls with the images or videos to refer to";

	private final Model flash = ShippedCatalogue.readAllOn().model("wan2.6-flash").orElseThrow();

	private final Model sibling = ShippedCatalogue.readAllOn().model("wan2.6").orElseThrow();

	@ParameterizedTest
	@CsvSource({ "true,false,true,I2V", "true,false,false,I2V", "false,true,true,R2V", "false,true,false,R2V" })
	void inputChoosesTheMode(boolean image, boolean references, boolean prompt, Mode mode) {
		assertThat(ModeRouter.route(this.flash, image, references, prompt))
			.isEqualTo(new Route.To(mode, this.flash.mode(mode)));
	}

	@Test
	void promptAloneLeadsNowhere() {
		assertThat(refusal(false, false, true)).isEqualTo("wan2.6-flash makes no video from a prompt alone" + SEND);
	}

	@Test
	void nothingLeadsNowhere() {
		assertThat(refusal(false, false, false)).isEqualTo("there is nothing to make a video from" + SEND);
	}

	@Test
	void imageAndReferencesCannotBeCombined() {
		assertThat(refusal(true, true, true))
			.isEqualTo("image_urls and metadata.reference_urls can't be combined" + SEND);
	}

	@Test
	void routingIsDataOfTheModel() {
		assertThat(ModeRouter.route(this.sibling, false, false, true))
			.isEqualTo(new Route.To(Mode.T2V, this.sibling.mode(Mode.T2V)));
	}

	private String refusal(boolean image, boolean references, boolean prompt) {
		Route route = ModeRouter.route(this.flash, image, references, prompt);
		assertThat(route).isInstanceOf(Route.Nowhere.class);
		return ((Route.Nowhere) route).violation().message();
	}

}
