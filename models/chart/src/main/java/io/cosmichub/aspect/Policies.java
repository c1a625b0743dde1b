package io.cosmichub.aspect;

import org.jspecify.annotations.Nullable;

/**
 * The policy of a job, and the one that may take its place for a part of all pairs. Both name the
 * same aspects by the same codes, so that whoever reads one reads the other. Immutable and
 * thread-safe.
 */
public final class Policies {
  private final AspectPolicy standard;
  private final @Nullable AspectPolicy candidate;

  /**
   * A policy and its candidate, if there is one. {@link IllegalArgumentException} unless that has
   * another id, the same bodies, and no aspect but those of the policy, at their angles.
   */
  public Policies(AspectPolicy standard, @Nullable AspectPolicy candidate) {
    this.standard = standard;
    this.candidate = candidate;
    if (candidate != null) {
      check(standard, candidate);
    }
  }

  /** The policy of all pairs that nothing else is said of. */
  public AspectPolicy standard() {
    return standard;
  }

  /** The other one; null if there is none. */
  public @Nullable AspectPolicy candidate() {
    return candidate;
  }

  /** Whether it is the candidate that has the id. */
  public boolean isCandidate(String id) {
    return candidate != null && candidate.id().equals(id);
  }

  /** Whether one of them has the id. */
  public boolean has(String id) {
    return standard.id().equals(id) || isCandidate(id);
  }

  /** Their ids, for people. */
  @Override
  public String toString() {
    return candidate == null ? standard.id() : standard.id() + " and " + candidate.id();
  }

  private static void check(AspectPolicy standard, AspectPolicy candidate) {
    if (candidate.id().equals(standard.id())) {
      throw new IllegalArgumentException("two aspect policies are called " + standard.id());
    }
    if (candidate.bodyMask() != standard.bodyMask()) {
      throw refused(candidate, "is about other bodies than " + standard.id());
    }
    for (Aspect aspect : candidate.aspects()) {
      Aspect known = standard.aspectOfId(aspect.id());
      if (known == null || known.code() != aspect.code() || known.angle() != aspect.angle()) {
        throw refused(
            candidate,
            "has the aspect "
                + aspect.id()
                + " with code "
                + aspect.code()
                + ", which "
                + standard.id()
                + (known == null ? " does not have" : " has with another code or angle")
                + ": those who read it name aspects by the codes of "
                + standard.id());
      }
    }
  }

  private static IllegalArgumentException refused(AspectPolicy candidate, String why) {
    return new IllegalArgumentException("aspect policy " + candidate.id() + " " + why);
  }
}
