package io.cosmichub.gateway.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes tokens. */
public final class Keys {
  public static final String SECRET = "a secret of more than 32 bytes for tests";

  private Keys() {}

  /** A token of HS256 for one user. */
  public static String hs256(String secret, String user, Instant expires, boolean write) {
    return hs256(secret, claims(user, expires, write));
  }

  /** A token of HS256 with these claims. */
  public static String hs256(String secret, JWTClaimsSet.Builder claims) {
    return sign(JWSAlgorithm.HS256, mac(secret), null, claims.build());
  }

  /** A token of RS256. */
  public static String rs256(RSAKey key, JWTClaimsSet claims) {
    try {
      return sign(JWSAlgorithm.RS256, new RSASSASigner(key), key.getKeyID(), claims);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** Those of a user of pairs that begin with {@code mine-} and of the charts of tests. */
  public static JWTClaimsSet.Builder claims(String user, Instant expires, boolean write) {
    return new JWTClaimsSet.Builder()
        .subject(user)
        .expirationTime(Date.from(expires))
        .claim("pairs", List.of("mine-*"))
        .claim("charts", List.of("me", "you"))
        .claim("write", write);
  }

  static JWSSigner mac(String secret) {
    try {
      return new MACSigner(secret);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static String sign(
      JWSAlgorithm algorithm, JWSSigner signer, @Nullable String keyId, JWTClaimsSet claims) {
    try {
      SignedJWT token =
          new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims);
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }
}
