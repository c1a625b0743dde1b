package io.cosmichub.contracts;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.chrono.IsoChronology;

/**
 * Instants as the proto3 JSON mapping writes them: {@code 2026-01-01T00:00:00Z} with up to nine
 * decimals of a second, or with an offset instead of the Z, of the years 1 to 9999. Read to the
 * millisecond, what is finer is cut off.
 */
final class Rfc3339 {
  private static final long MIN_SECOND = -62_135_596_800L;
  private static final long MAX_SECOND = 253_402_300_799L;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private Rfc3339() {}

  /** The epoch milliseconds of a text. */
  static long parse(String text) throws Refusal {
    int length = text.length();
    if (length < 20
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':') {
      throw invalid();
    }
    int year = number(text, 0, 4, 9999);
    int month = number(text, 5, 7, 12);
    int day = number(text, 8, 10, 31);
    if (year == 0 || month == 0 || day == 0 || day > lengthOfMonth(year, month)) {
      throw invalid();
    }
    int secondOfDay =
        number(text, 11, 13, 23) * 3600 + number(text, 14, 16, 59) * 60 + number(text, 17, 19, 59);
    int zone = 19;
    int nanos = 0;
    if (text.charAt(zone) == '.') {
      int decimals = zone + 1;
      for (zone = decimals; zone < length && isDigit(text.charAt(zone)); zone++) {}
      nanos = nanos(text, decimals, zone);
    }
    long second =
        LocalDate.of(year, month, day).toEpochDay() * 86_400 + secondOfDay - offset(text, zone);
    return ofTimestamp(second, nanos);
  }

  /** The epoch milliseconds of a {@code google.protobuf.Timestamp}. */
  static long ofTimestamp(long second, int nanos) throws Refusal {
    if (second < MIN_SECOND || second > MAX_SECOND || nanos < 0 || nanos > 999_999_999) {
      throw invalid();
    }
    return second * 1000 + nanos / NANOS_PER_MILLI;
  }

  /**
   * The text of epoch milliseconds within the years 1 to 9999, in UTC, with no or three decimals.
   */
  static String format(long epochMillis) {
    return Instant.ofEpochMilli(epochMillis).toString();
  }

  private static int lengthOfMonth(int year, int month) {
    return Month.of(month).length(IsoChronology.INSTANCE.isLeapYear(year));
  }

  private static int nanos(String text, int from, int to) throws Refusal {
    if (from == to || to - from > 9) {
      throw invalid();
    }
    int nanos = 0;
    for (int i = 0; i < 9; i++) {
      nanos = nanos * 10 + (from + i < to ? text.charAt(from + i) - '0' : 0);
    }
    return nanos;
  }

  private static int offset(String text, int at) throws Refusal {
    int left = text.length() - at;
    char sign = left > 0 ? text.charAt(at) : ' ';
    if (sign == 'Z' && left == 1) {
      return 0;
    }
    if ((sign != '+' && sign != '-') || left != 6 || text.charAt(at + 3) != ':') {
      throw invalid();
    }
    int seconds = number(text, at + 1, at + 3, 23) * 3600 + number(text, at + 4, at + 6, 59) * 60;
    return sign == '+' ? seconds : -seconds;
  }

  private static int number(String text, int from, int to, int max) throws Refusal {
    int number = 0;
    for (int i = from; i < to; i++) {
      if (!isDigit(text.charAt(i))) {
        throw invalid();
      }
      number = number * 10 + text.charAt(i) - '0';
    }
    if (number > max) {
      throw invalid();
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static Refusal invalid() {
    return new Refusal(
        DeadLetterCode.TIMESTAMP_INVALID,
        "the time is not an RFC 3339 instant of the years 1 to 9999, such as 2026-01-01T00:00:00Z");
  }
}
