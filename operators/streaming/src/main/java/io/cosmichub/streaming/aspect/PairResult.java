package io.cosmichub.streaming.aspect;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.pair.PairWork;
import io.cosmichub.streaming.record.RecordTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Work and what the kernel made of it.
 *
 * @param work what had to be computed
 * @param touched the touched cells that hold an aspect; empty of all but a computation
 */
public record PairResult(PairWork work, AspectSet touched) {

  /** The type of a pair result. */
  public static final TypeInformation<PairResult> TYPE =
      new RecordTypeInfo<>(PairResult.class, new PairResultSerializer());
}
