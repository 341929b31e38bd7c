package io.wangateway.usage;

import java.time.Instant;

/**
 * What there are sums of.
 *
 * @param until up to when there are any; long ago where there are none yet
 * @param monthUntil up to when those of the month go that is not over: the end of a day,
 * or the start of a month where there are none
 * @param partsFrom the first month of which there are sums of parts, in the far future
 * where there is none
 * @param fewLabelSets whether there are so few of them that numbering them takes less
 * than it spares
 */
record Summed(Instant until, Instant monthUntil, Instant partsFrom, boolean fewLabelSets) {

}
