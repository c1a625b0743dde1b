package io.cosmichub.gateway.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.proc.SingleKeyJWSKeySelector;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.cosmichub.gateway.settings.ConfigException;
import io.cosmichub.gateway.settings.GatewayConfig;
import io.cosmichub.gateway.settings.Secret;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.KeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.time.Clock;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges bearer tokens: JWTs signed with HS256 by a shared secret or with RS256 by a key that is
 * known. Claims: {@code sub} and {@code exp} are required; {@code pairs} and {@code charts} list
 * what may be followed and seen, where {@code *} at the end stands for anything; {@code write} is
 * whether charts and watches may be sent. Thread-safe.
 */
public final class Tokens {
  private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  /** A token that is not good, and why, in words that quote nothing of it. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean unjudged;

    Refused(String reason) {
      this(reason, false);
    }

    Refused(String reason, boolean unjudged) {
      super(reason, null, false, false);
      this.unjudged = unjudged;
    }

    /** Whether the token may be good: the keys to judge it by cannot be read now. */
    public boolean unjudged() {
      return unjudged;
    }
  }

  /** {@link ConfigException} if the key cannot be read. */
  public Tokens(GatewayConfig.Tokens config, Clock clock) {
    processor.setJWSKeySelector(keys(config));
    processor.setJWTClaimsSetVerifier(new Verifier(config, clock));
  }

  /** What the token grants. */
  public Grant grant(String token) throws Refused {
    try {
      JWTClaimsSet claims = processor.process(token, null);
      return new Grant(
          claims.getSubject(),
          patterns(claims, "pairs"),
          patterns(claims, "charts"),
          Boolean.TRUE.equals(claims.getBooleanClaim("write")),
          Boolean.TRUE.equals(claims.getBooleanClaim("experiments")),
          claims.getExpirationTime().toInstant().toEpochMilli());
    } catch (ParseException e) {
      throw new Refused("the token is not a signed JWT with claims as agreed");
    } catch (KeySourceException e) {
      LOG.debug("The keys of tokens cannot be read", e);
      throw new Refused("the keys of tokens cannot be read now", true);
    } catch (BadJOSEException | JOSEException e) {
      throw new Refused("the token is not valid, or has expired");
    }
  }

  private static Patterns patterns(JWTClaimsSet claims, String name) throws ParseException {
    List<String> patterns = claims.getStringListClaim(name);
    return new Patterns(patterns == null ? List.of() : List.copyOf(patterns));
  }

  private static JWSKeySelector<SecurityContext> keys(GatewayConfig.Tokens config) {
    Secret secret = config.sharedSecret();
    if (secret != null) {
      byte[] bytes = secret.value().getBytes(StandardCharsets.UTF_8);
      return new SingleKeyJWSKeySelector<>(
          JWSAlgorithm.HS256, new SecretKeySpec(bytes, "HmacSHA256"));
    }
    try {
      if (config.publicKey() != null) {
        return new SingleKeyJWSKeySelector<>(
            JWSAlgorithm.RS256, publicKey(Files.readString(Path.of(config.publicKey()))));
      }
      return new JWSVerificationKeySelector<>(
          JWSAlgorithm.RS256, set(config.jwks() == null ? "" : config.jwks()));
    } catch (MalformedURLException | IllegalArgumentException e) {
      throw new ConfigException("The key for tokens is not an RSA public key, or its URL is none");
    } catch (IOException | ParseException e) {
      throw new ConfigException("The key for tokens cannot be read: " + e);
    }
  }

  private static JWKSource<SecurityContext> set(String where) throws IOException, ParseException {
    return where.startsWith("http:") || where.startsWith("https:")
        ? JWKSourceBuilder.<SecurityContext>create(URI.create(where).toURL()).build()
        : new ImmutableJWKSet<>(JWKSet.load(Path.of(where).toFile()));
  }

  private static PublicKey publicKey(String pem) {
    String base64 = pem.replaceAll("-----(BEGIN|END) PUBLIC KEY-----|\\s", "");
    try {
      KeySpec spec = new X509EncodedKeySpec(Base64.getDecoder().decode(base64));
      return KeyFactory.getInstance("RSA").generatePublic(spec);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Time is that of the clock, without leeway: the session ends when the token does. */
  private static final class Verifier extends DefaultJWTClaimsVerifier<SecurityContext> {
    private final Clock clock;

    Verifier(GatewayConfig.Tokens config, Clock clock) {
      super(audience(config.audience()), issuer(config.issuer()), Set.of("sub", "exp"), Set.of());
      this.clock = clock;
      setMaxClockSkew(0);
    }

    @Override
    protected Date currentTime() {
      return Date.from(clock.instant());
    }

    private static @Nullable Set<String> audience(@Nullable String audience) {
      return audience == null ? null : Set.of(audience);
    }

    private static JWTClaimsSet issuer(@Nullable String issuer) {
      JWTClaimsSet.Builder exact = new JWTClaimsSet.Builder();
      return issuer == null ? exact.build() : exact.issuer(issuer).build();
    }
  }
}
