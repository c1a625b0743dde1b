package io.cosmichub.bench;

/**
 * What one job did with one kind of access.
 *
 * @param pipeline {@code real} or {@code bare}
 * @param access {@code zipf} or {@code uniform}
 * @param pairsPerSecond recomputed pairs a second
 * @param nanosPerPair processor time of the job's threads a pair
 * @param bytesPerPair bytes allocated by the job's threads a pair
 * @param hitRate share of state reads that the hot state answered; NaN where there is none
 * @param published what it published of the population meanwhile
 * @param threads what each of them used
 */
record Phase(
    String pipeline,
    String access,
    double pairsPerSecond,
    double nanosPerPair,
    double bytesPerPair,
    double hitRate,
    PublishedSums published,
    Threads threads) {}
