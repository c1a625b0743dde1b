package io.cosmichub.streaming.watch;

import io.cosmichub.pair.MembershipChange;
import io.cosmichub.streaming.record.RecordTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A pair that a chart gains or loses, on its way to that chart.
 *
 * @param chartKey the keyed hash of the chart's id: the Flink key
 * @param change what the chart gains or loses
 * @param effectiveAt epoch milliseconds when it became true
 * @param ingestedAt epoch milliseconds of the raw record that caused it; 0 if unknown
 */
public record KeyedMembership(
    String chartKey, MembershipChange change, long effectiveAt, long ingestedAt) {

  /** The type of a keyed membership. */
  public static final TypeInformation<KeyedMembership> TYPE =
      new RecordTypeInfo<>(KeyedMembership.class, new KeyedMembershipSerializer());
}
