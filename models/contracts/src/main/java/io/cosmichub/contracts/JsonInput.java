package io.cosmichub.contracts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object read field by field under the rules of the proto3 mapping: {@code null} is absent,
 * an int64 and a double may be strings, {@code "NaN"} and {@code "Infinity"} are doubles (bare,
 * too, as Python writes them). What breaks a rule is a {@link Refusal}; what is not known is
 * skipped, no deeper than {@link #MAX_DEPTH}.
 */
final class JsonInput implements AutoCloseable {
  static final int MAX_DEPTH = 16;
  private static final int MAX_NUMBER_LENGTH = 400;

  /** Names are not interned: they come from outside and would stay for ever. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private final JsonParser parser;

  private JsonInput(JsonParser parser) {
    this.parser = parser;
  }

  /** Stands before the first token of the bytes. */
  static JsonInput of(byte[] json) throws Refusal, IOException {
    if (!Ids.isUtf8(json)) {
      throw broken("the JSON is not UTF-8");
    }
    return new JsonInput(FACTORY.createParser(json));
  }

  /** Reads on to the one object that the bytes must be. */
  void startMessage() throws Refusal, IOException {
    parser.nextToken();
    requireObject("the value");
  }

  /** Refuses what follows the object. */
  void endMessage() throws Refusal, IOException {
    if (parser.nextToken() != null) {
      throw broken("the JSON goes on after its object");
    }
  }

  /** The name of the next field of the current object, null at its end. */
  @Nullable String nextField() throws IOException {
    return parser.nextFieldName();
  }

  /** Steps to the value of the field; false where it is null and so as good as absent. */
  boolean hasValue() throws IOException {
    return parser.nextToken() != JsonToken.VALUE_NULL;
  }

  /** Steps to the next element of the current array; false at its end. */
  boolean nextElement() throws IOException {
    return parser.nextToken() != JsonToken.END_ARRAY;
  }

  void requireObject(String what) throws Refusal, IOException {
    if (!parser.hasToken(JsonToken.START_OBJECT)) {
      throw wrongShape(what + " is not a JSON object");
    }
  }

  void requireArray(String what) throws Refusal, IOException {
    if (!parser.hasToken(JsonToken.START_ARRAY)) {
      throw wrongShape(what + " is not a JSON array");
    }
  }

  String string(String what) throws Refusal, IOException {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      throw wrongShape(what + " is not a JSON string");
    }
    return parser.getText();
  }

  boolean bool(String what) throws Refusal, IOException {
    if (parser.hasToken(JsonToken.VALUE_TRUE)) {
      return true;
    }
    if (!parser.hasToken(JsonToken.VALUE_FALSE)) {
      throw wrongShape(what + " is neither true nor false");
    }
    return false;
  }

  long int64(String what) throws Refusal, IOException {
    try {
      if (parser.hasToken(JsonToken.VALUE_NUMBER_INT)) {
        return parser.getLongValue();
      }
      if (parser.hasToken(JsonToken.VALUE_NUMBER_FLOAT) && !parser.isNaN()) {
        return parser.getDecimalValue().longValueExact();
      }
      if (parser.hasToken(JsonToken.VALUE_STRING) && isDecimal(parser.getText())) {
        return new BigDecimal(parser.getText()).longValueExact();
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw broken(what + " is not a whole number of 64 bits");
    }
    throw wrongShape(what + " is not a whole number");
  }

  double number(String what) throws Refusal, IOException {
    if (parser.hasToken(JsonToken.VALUE_NUMBER_FLOAT)
        || parser.hasToken(JsonToken.VALUE_NUMBER_INT)) {
      return parser.getDoubleValue();
    }
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      throw wrongShape(what + " is not a number");
    }
    String text = parser.getText();
    switch (text) {
      case "NaN" -> {
        return Double.NaN;
      }
      case "Infinity" -> {
        return Double.POSITIVE_INFINITY;
      }
      case "-Infinity" -> {
        return Double.NEGATIVE_INFINITY;
      }
      default -> {}
    }
    try {
      if (isDecimal(text)) {
        return Double.parseDouble(text);
      }
    } catch (NumberFormatException e) {
      throw broken(what + " is not a number");
    }
    throw broken(what + " is not a number");
  }

  /** Skips the value of a field that is not known. */
  void skip() throws Refusal, IOException {
    parser.nextToken();
    skipCurrent();
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  static Refusal broken(String reason) {
    return new Refusal(DeadLetterCode.BROKEN_JSON, reason);
  }

  /** A nesting bomb is called so wherever it stands, also where another shape was expected. */
  private Refusal wrongShape(String reason) throws Refusal, IOException {
    skipCurrent();
    return broken(reason);
  }

  private void skipCurrent() throws Refusal, IOException {
    JsonToken token = parser.currentToken();
    if (token == null || !token.isStructStart()) {
      return;
    }
    int open = 1;
    while (open > 0) {
      if (parser.getParsingContext().getNestingDepth() > MAX_DEPTH) {
        throw new Refusal(
            DeadLetterCode.TOO_DEEP, "the JSON nests deeper than " + MAX_DEPTH + " levels");
      }
      token = parser.nextToken();
      if (token == null) {
        return; // the parser itself complains about an end inside of a structure
      }
      open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
    }
  }

  /**
   * Only the characters of a JSON number, and not thousands of them: what else Java reads as a
   * number is none.
   */
  private static boolean isDecimal(String text) {
    if (text.isEmpty() || text.length() > MAX_NUMBER_LENGTH) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return false;
      }
    }
    return true;
  }
}
