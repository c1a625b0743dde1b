package io.cosmichub.kernels;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vectors that all lanes are computed in, and what finds the multiple of 30° next to a
 * distance.
 */
final class LaneSpecies {

  static final VectorSpecies<Integer> INTS =
      IntVector.SPECIES_PREFERRED.length() >= ChartBlock.WIDTH
          ? IntVector.SPECIES_512
          : IntVector.SPECIES_256;
  static final VectorSpecies<Float> FLOATS =
      IntVector.SPECIES_PREFERRED.length() >= ChartBlock.WIDTH
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_256;

  /** The same registers as half as many doubles. */
  static final VectorSpecies<Double> DOUBLES =
      IntVector.SPECIES_PREFERRED.length() >= ChartBlock.WIDTH
          ? DoubleVector.SPECIES_512
          : DoubleVector.SPECIES_256;

  /** Where sixteen lanes fit: the same registers as eight longs. */
  static final VectorSpecies<Long> LONGS = LongVector.SPECIES_512;

  static final int LANES = INTS.length();

  /** Whether sixteen lanes fit, one body each. */
  static final boolean WIDE = LANES == ChartBlock.WIDTH;

  /** The bits of a lane's number. */
  static final int LAST = LANES - 1;

  static final float PER_STEP = 1f / 30_000_000;

  /** Added to a float below 2²³, leaves the nearest whole number in the lowest bits. */
  static final float TO_LOWEST_BITS = 1 << 23;

  /** The same for numbers of either sign; {@link #SIGNED_BITS} are to be taken off. */
  static final float SIGNED_TO_LOWEST_BITS = 3 << 22;

  static final int SIGNED_BITS = Float.floatToRawIntBits(SIGNED_TO_LOWEST_BITS);

  /** The width of the registers that the machine prefers. */
  static final int BITS = IntVector.SPECIES_PREFERRED.vectorBitSize();

  private static final MethodType COMPRESS_TYPE =
      MethodType.methodType(IntVector.class, VectorMask.class);

  /** Whether the API presses lanes together: since Java 19. */
  static final boolean COMPRESSES =
      Arrays.stream(IntVector.class.getMethods())
          .anyMatch(method -> method.getName().equals("compress"));

  /** {@code IntVector.compress}; where there is none, something that is never called. */
  static final MethodHandle COMPRESS = compress();

  private static final int MEASURED = 25;

  /**
   * Whether the compiler keeps in registers a vector that goes around two loops, and the bits of a
   * mask. That of Java 17 does not; of those in between nobody has measured it.
   */
  static final boolean CARRIES = Runtime.version().feature() >= MEASURED;

  private LaneSpecies() {}

  private static MethodHandle compress() {
    try {
      return COMPRESSES
          ? MethodHandles.publicLookup().findVirtual(IntVector.class, "compress", COMPRESS_TYPE)
          : MethodHandles.empty(COMPRESS_TYPE.insertParameterTypes(0, IntVector.class));
    } catch (ReflectiveOperationException refused) {
      throw new LinkageError("IntVector.compress is not what it was", refused);
    }
  }
}
