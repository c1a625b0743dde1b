package io.cosmichub.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LayoutTest {
  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "127, 1",
    "128, 2",
    "16383, 2",
    "16384, 3",
    "-1, 10",
    "9223372036854775807, 9",
    "-9223372036854775808, 10",
  })
  void varintsTakeAsManyBytesAsTheyNeed(long value, int bytes) {
    LayoutWriter out = new LayoutWriter(7, 0);
    out.putVarLong(value);
    out.putZigZag(value);
    assertThat(out.toBytes()[bytes]).isNotNegative();
    LayoutReader in = new LayoutReader("Test", out.toBytes(), 7);
    assertThat(in.getVarLong()).isEqualTo(value);
    assertThat(in.getZigZag()).isEqualTo(value);
    in.end();
  }

  @Test
  void everyKindOfFieldIsReadBackAcrossGrowth() {
    LayoutWriter out = new LayoutWriter(255, 1);
    for (int i = 0; i < 100; i++) {
      out.putByte(i);
      out.putShort(65_535 - i);
      out.putInt(Integer.MIN_VALUE + i);
      out.putZigZag(-i);
      out.putString("ä" + i);
      out.putBytes(new byte[] {(byte) i, -1});
    }
    LayoutReader in = new LayoutReader("Test", out.toBytes(), 255);
    for (int i = 0; i < 100; i++) {
      assertThat(in.getByte()).isEqualTo(i);
      assertThat(in.getShort()).isEqualTo(65_535 - i);
      assertThat(in.getInt()).isEqualTo(Integer.MIN_VALUE + i);
      assertThat(in.getZigZagInt()).isEqualTo(-i);
      assertThat(in.getString()).isEqualTo("ä" + i);
      assertThat(in.getBytes()).containsExactly((byte) i, -1);
    }
    in.end();
  }

  @Test
  void numbersOutOfRangeAndEndlessVarintsAreRefused() {
    LayoutWriter out = new LayoutWriter(1, 0);
    out.putVarLong(300);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LayoutReader("Test", out.toBytes(), 1).getVarInt(0, 299))
        .withMessage("Test bytes: a number is out of range");
    LayoutWriter wide = new LayoutWriter(1, 0);
    wide.putZigZag(1L << 40);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LayoutReader("Test", wide.toBytes(), 1).getZigZagInt());
    byte[] endless = new byte[20];
    Arrays.fill(endless, (byte) 0x81);
    endless[0] = 1;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LayoutReader("Test", endless, 1).getVarLong())
        .withMessage("Test bytes: a varint is longer than ten bytes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LayoutReader("Test", new byte[] {1, 5, 'a'}, 1).getString())
        .withMessage("Test bytes: truncated");
  }
}
