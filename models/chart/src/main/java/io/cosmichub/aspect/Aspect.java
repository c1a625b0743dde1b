package io.cosmichub.aspect;

/**
 * One named angle of a policy; {@link AspectPolicy#of} checks the values.
 *
 * @param code 1 to 31, stable within the policy: aspect sets hold it
 * @param id the id in messages, such as {@code semi_sextile}
 * @param angle micro-degrees, 0 to 180°
 * @param maxOrb micro-degrees, the largest orb at which the aspect still holds
 * @param nature how it counts
 * @param base the score of an exact aspect between bodies of weight 1
 */
public record Aspect(int code, String id, int angle, int maxOrb, Nature nature, double base) {}
