package io.cosmichub.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TicketsTest {
  private long nanos;
  private final Tickets tickets = new Tickets(() -> nanos);

  @Test
  void aTicketIsGoodOnceAndForHalfAMinute() {
    String soon = tickets.issue(Grant.OPEN);
    String late = tickets.issue(Grant.OPEN);
    nanos += TimeUnit.MILLISECONDS.toNanos(29_999);
    assertThat(tickets.redeem(soon)).isEqualTo(Grant.OPEN);
    assertThat(tickets.redeem(soon)).isNull();
    nanos += TimeUnit.MILLISECONDS.toNanos(1);
    assertThat(tickets.redeem(late)).isNull();
  }

  @Test
  void noTwoTicketsAreTheSameAndNoneCanBeGuessed() {
    String ticket = tickets.issue(Grant.OPEN);
    assertThat(ticket).hasSize(43).isNotEqualTo(tickets.issue(Grant.OPEN));
    assertThat(tickets.redeem(ticket.substring(1) + "A")).isNull();
    assertThat(tickets.redeem("")).isNull();
  }
}
