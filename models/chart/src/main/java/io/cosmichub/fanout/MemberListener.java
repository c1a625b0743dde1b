package io.cosmichub.fanout;

/** What a change of membership or a round asks the chart to do. */
public interface MemberListener {
  /** Tell the member the current truth: the published chart, or that there is none. */
  void tell(Member member);

  /** Tell the pair that the member has left. */
  void left(Member member);
}
