package io.wangateway.alert;

/** Published in the transaction that opens an alert. */
record AlertOpened(String kind, String subject, String detail) {

}
