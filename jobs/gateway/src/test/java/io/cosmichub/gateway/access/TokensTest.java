package io.cosmichub.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.sun.net.httpserver.HttpServer;
import io.cosmichub.gateway.settings.GatewayConfig;
import io.cosmichub.gateway.settings.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokensTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir Path directory;

  @Test
  void aSharedSecretSignsAndTheClaimsSayWhat() throws Exception {
    Tokens tokens = shared(null, null);
    Grant grant = tokens.grant(Keys.hs256(Keys.SECRET, "ada", NOW.plusSeconds(1), true));
    assertThat(grant.user()).isEqualTo("ada");
    assertThat(grant.write()).isTrue();
    assertThat(grant.experiments()).isFalse();
    assertThat(grant.expiresAt()).isEqualTo(NOW.plusSeconds(1).toEpochMilli());
    assertThat(grant.pairs().allow("mine-1")).isTrue();
    assertThat(grant.pairs().allow("yours")).isFalse();
    assertThat(grant.charts().allow("me")).isTrue();
    assertThat(grant.charts().allow("me-too")).isFalse();
  }

  @Test
  void whatIsNotGoodIsRefused() throws Exception {
    Tokens tokens = shared(null, null);
    JWTClaimsSet good = Keys.claims("ada", NOW.plusSeconds(60), true).build();
    RSAKey stranger = new RSAKeyGenerator(2048).generate();
    for (String bad :
        new String[] {
          "",
          "a.b.c",
          new PlainJWT(good).serialize(),
          Keys.hs256(Keys.SECRET, "ada", NOW, true),
          Keys.hs256("another secret of more than 32 bytes too", "ada", NOW.plusSeconds(60), true),
          Keys.rs256(stranger, good),
          Keys.sign(
              com.nimbusds.jose.JWSAlgorithm.HS256,
              Keys.mac(Keys.SECRET),
              null,
              new JWTClaimsSet.Builder().subject("ada").build())
        }) {
      assertThatThrownBy(() -> tokens.grant(bad)).as(bad).isInstanceOf(Tokens.Refused.class);
    }
  }

  @Test
  void issuerAndAudienceMustBeTheOnesThatAreAskedFor() throws Exception {
    Tokens tokens = shared("us", "gateway");
    String right =
        Keys.sign(
            com.nimbusds.jose.JWSAlgorithm.HS256,
            Keys.mac(Keys.SECRET),
            null,
            Keys.claims("ada", NOW.plusSeconds(60), false)
                .issuer("us")
                .audience("gateway")
                .build());
    assertThat(tokens.grant(right).user()).isEqualTo("ada");
    assertThatThrownBy(
            () -> tokens.grant(Keys.hs256(Keys.SECRET, "ada", NOW.plusSeconds(60), false)))
        .isInstanceOf(Tokens.Refused.class);
  }

  @Test
  void aPublicKeyInAFileJudgesAndASecretMadeOfItDoesNot() throws Exception {
    RSAKey key = new RSAKeyGenerator(2048).keyID("k").generate();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(key.toRSAPublicKey().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    Path file = Files.writeString(directory.resolve("key.pem"), pem);
    Tokens tokens =
        new Tokens(new GatewayConfig.Tokens(null, file.toString(), null, null, null), CLOCK);
    JWTClaimsSet claims = Keys.claims("ada", NOW.plusSeconds(60), false).build();
    assertThat(tokens.grant(Keys.rs256(key, claims)).user()).isEqualTo("ada");
    assertThatThrownBy(() -> tokens.grant(Keys.hs256(pem, "ada", NOW.plusSeconds(60), true)))
        .isInstanceOf(Tokens.Refused.class);
  }

  @Test
  void aSetOfKeysIsReadFromAFileOrAnAddress() throws Exception {
    RSAKey key = new RSAKeyGenerator(2048).keyID("k").generate();
    String set = new JWKSet(key.toPublicJWK()).toString();
    JWTClaimsSet claims = Keys.claims("ada", NOW.plusSeconds(60), false).build();
    Path file = Files.writeString(directory.resolve("keys.json"), set);
    assertThat(jwks(file.toString()).grant(Keys.rs256(key, claims)).user()).isEqualTo("ada");

    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/keys",
        exchange -> {
          byte[] body = set.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      Tokens tokens = jwks("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
      assertThat(tokens.grant(Keys.rs256(key, claims)).user()).isEqualTo("ada");
      RSAKey stranger = new RSAKeyGenerator(2048).keyID("other").generate();
      assertThatThrownBy(() -> tokens.grant(Keys.rs256(stranger, claims)))
          .isInstanceOf(Tokens.Refused.class);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whereTheKeysCannotBeReadATokenIsNotJudged() throws Exception {
    RSAKey key = new RSAKeyGenerator(2048).keyID("k").generate();
    JWTClaimsSet claims = Keys.claims("ada", NOW.plusSeconds(60), false).build();
    Tokens tokens = jwks("http://127.0.0.1:1/keys");
    for (int attempt = 0; attempt < 4; attempt++) { // the set is asked for twice at most
      assertThatThrownBy(() -> tokens.grant(Keys.rs256(key, claims)))
          .isInstanceOfSatisfying(
              Tokens.Refused.class, refused -> assertThat(refused.unjudged()).isTrue());
    }
    assertThatThrownBy(() -> tokens.grant("a.b.c"))
        .isInstanceOfSatisfying(
            Tokens.Refused.class, refused -> assertThat(refused.unjudged()).isFalse());
  }

  private static Tokens shared(@Nullable String issuer, @Nullable String audience) {
    return new Tokens(
        new GatewayConfig.Tokens(new Secret(Keys.SECRET), null, null, issuer, audience), CLOCK);
  }

  private static Tokens jwks(String where) {
    return new Tokens(new GatewayConfig.Tokens(null, null, where, null, null), CLOCK);
  }
}
