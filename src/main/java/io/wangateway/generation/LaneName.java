package io.wangateway.generation;

/**
 * How lanes are called: as the upstream model, with a mark for the sandbox's.
 */
public final class LaneName {

	private static final String SANDBOX = "sandbox:";

	private LaneName() {
	}

	/**
	 * Return the name of a lane.
	 * @param upstreamModel DashScope's name of the model
	 * @param livemode whether it is the live account's
	 * @return such as {@code wan2.6-i2v-flash} or {@code sandbox:wan2.6-i2v-flash}
	 */
	public static String of(String upstreamModel, boolean livemode) {
		return livemode ? upstreamModel : SANDBOX + upstreamModel;
	}

}
