package io.wangateway.sandbox;

import java.util.Arrays;

/** The models that the simulator knows, with the rules of their API pages. */
enum Model {

	/** Image to video, fast. */
	I2V_FLASH("wan2.6-i2v-flash", Input.IMAGE, 15, false, true),

	/** Reference to video, fast. */
	R2V_FLASH("wan2.6-r2v-flash", Input.REFERENCES, 10, true, true),

	/** Image to video, always with sound. */
	I2V("wan2.6-i2v", Input.IMAGE, 15, false, false),

	/** Reference to video, always with sound. */
	R2V("wan2.6-r2v", Input.REFERENCES, 10, true, false),

	/** Text to video, always with sound. */
	T2V("wan2.6-t2v", Input.TEXT, 15, true, false);

	/** What a video is made from, beside the prompt. */
	enum Input {

		TEXT, IMAGE, REFERENCES

	}

	private final String id;

	private final Input input;

	private final int maxSeconds;

	private final boolean needsPrompt;

	private final boolean silentOnRequest;

	Model(String id, Input input, int maxSeconds, boolean needsPrompt, boolean silentOnRequest) {
		this.id = id;
		this.input = input;
		this.maxSeconds = maxSeconds;
		this.needsPrompt = needsPrompt;
		this.silentOnRequest = silentOnRequest;
	}

	static Model of(String id) {
		return Arrays.stream(values())
			.filter((model) -> model.id.equals(id))
			.findFirst()
			.orElseThrow(() -> new Refusal(404, "ModelNotFound", "Model not exist."));
	}

	String id() {
		return this.id;
	}

	Input input() {
		return this.input;
	}

	int maxSeconds() {
		return this.maxSeconds;
	}

	boolean needsPrompt() {
		return this.needsPrompt;
	}

	boolean silentOnRequest() {
		return this.silentOnRequest;
	}

}
