package io.cosmichub.kernels.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SpareTest {

  private final List<int[]> made = new ArrayList<>();
  private final Spare<int[]> spare = new Spare<>(this::make);

  @Test
  void whatWasKeptIsLentAgain() {
    int[] first = spare.take();
    spare.keep(first);
    assertThat(spare.take()).isSameAs(first);
    assertThat(made).hasSize(1);
  }

  @Test
  void whatIsLentNobodyElseGets() {
    int[] first = spare.take();
    int[] second = spare.take();
    assertThat(second).isNotSameAs(first);
    spare.keep(second);
    spare.keep(first);
    assertThat(spare.take()).isSameAs(first);
    assertThat(spare.take()).as("one is kept").isNotSameAs(second);
  }

  @Test
  void whatDoesNotComeBackIsForgotten() {
    int[] lost = spare.take();
    assertThat(spare.take()).isNotSameAs(lost);
    assertThat(made).hasSize(2);
  }

  private int[] make() {
    made.add(new int[1]);
    return made.get(made.size() - 1);
  }
}
