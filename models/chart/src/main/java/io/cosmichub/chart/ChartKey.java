package io.cosmichub.chart;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns chart ids into keyed hashes, so that what is remembered of an erased chart is no id. An
 * instance serves one thread; {@link #of(byte[], String)} serves any.
 */
public final class ChartKey {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 16;

  private final Mac mac;

  /** A hasher of one secret; {@link IllegalArgumentException} if the secret is empty. */
  public ChartKey(byte[] secret) {
    if (secret.length == 0) {
      throw new IllegalArgumentException("the secret of chart keys is empty");
    }
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** The first 128 bits of HMAC-SHA256 of the id, as 22 characters of unpadded base64url. */
  public String of(String chartId) {
    byte[] hash = mac.doFinal(chartId.getBytes(StandardCharsets.UTF_8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
  }

  /** As {@link #of(String)}, with a hasher made for this one call. */
  public static String of(byte[] secret, String chartId) {
    return new ChartKey(secret).of(chartId);
  }
}
