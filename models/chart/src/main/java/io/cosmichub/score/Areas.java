package io.cosmichub.score;

/**
 * Five areas of a relationship, each 0 to 100 and 50 where no aspect bears on it.
 *
 * @param emotional Sun and Moon
 * @param communication Mercury and Venus
 * @param physical Mars and Venus
 * @param spiritual Jupiter, Neptune and Pluto
 * @param stability Saturn and Jupiter
 */
public record Areas(
    double emotional, double communication, double physical, double spiritual, double stability) {}
