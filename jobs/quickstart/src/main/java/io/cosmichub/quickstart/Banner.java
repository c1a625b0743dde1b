package io.cosmichub.quickstart;

import java.util.List;

/** What a demo says first: where its parts are, and what of them is not where it was asked for. */
record Banner(Checkout checkout, Demo.Addresses addresses, DataDirectory data) {

  /** Prints it, and an empty line behind it. */
  void print(Console console) {
    console.line("CosmicHub Streams demo");
    if (checkout.gatewayClassPath() == null) {
      console.line("  The page        is not built: ./run demo builds it");
    } else {
      console.line(
          "  The page        " + address(addresses.page(), "/") + "  (open, on this machine only)");
    }
    console.line("  Kafka broker    " + LocalBroker.HOST + ":" + addresses.kafka().port());
    console.line("  Flink web page  " + address(addresses.flink(), ""));
    console.line("  Metrics         " + address(addresses.metrics(), "/metrics"));
    if (checkout.sampleModel() != null) {
      console.line(
          "  Try a model     ./run announce "
              + checkout.sampleModel()
              + " --bootstrap "
              + LocalBroker.HOST
              + ":"
              + addresses.kafka().port());
    }
    console.line(
        "  Data, log       " + data.root() + (data.temporary() ? " (removed at the end)" : ""));
    for (Ports.Choice choice :
        List.of(addresses.page(), addresses.kafka(), addresses.flink(), addresses.metrics())) {
      if (choice.note() != null) {
        console.line("  Note: " + choice.note());
      }
    }
    console.line("");
  }

  private static String address(Ports.Choice port, String path) {
    return "http://" + LocalBroker.HOST + ":" + port.port() + path;
  }
}
