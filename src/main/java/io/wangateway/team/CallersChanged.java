package io.wangateway.team;

/** Published in the transaction that changes who may call, or as what. */
record CallersChanged() {

}
