package io.cosmichub.contracts;

/** The numbers of the fields that a JSON object has named so far, as bits: a field comes once. */
final class FieldsSeen {
  private FieldsSeen() {}

  /** The set with one more field; refused if it is there already. */
  static int once(int seen, int field) throws Refusal {
    int bit = 1 << field;
    if ((seen & bit) != 0) {
      throw JsonInput.broken("the JSON names a field twice");
    }
    return seen | bit;
  }
}
