package io.cosmichub.gateway.feed;

import io.cosmichub.contracts.Header;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** From Kafka's records to those of the contract. */
final class Records {
  private Records() {}

  static List<Header> headers(ConsumerRecord<?, ?> record) {
    List<Header> headers = new ArrayList<>();
    record.headers().forEach(header -> headers.add(new Header(header.key(), header.value())));
    return headers;
  }
}
