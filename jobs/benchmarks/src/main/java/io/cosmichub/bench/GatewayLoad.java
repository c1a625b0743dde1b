package io.cosmichub.bench;

/**
 * What a gateway has to do while it is measured.
 *
 * @param clients how many there are
 * @param subscriptions how many pairs each of them follows
 * @param rate live records a second
 * @param seconds how long each run measures
 */
record GatewayLoad(int clients, int subscriptions, int rate, int seconds) {}
