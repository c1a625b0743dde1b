package io.cosmichub.kernels;

import io.cosmichub.aspect.AspectPolicy;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the kernel that a configuration asks for. */
public final class Kernels {

  /** The choice that leaves it to the machine: the best kernel that can run here. */
  public static final String AUTO = "auto";

  private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);

  private final List<AspectKernelProvider> bestFirst;

  /**
   * Chooses among {@code bestFirst}; the last one must always be usable for {@code auto} to
   * succeed.
   */
  public Kernels(List<AspectKernelProvider> bestFirst) {
    this.bestFirst = List.copyOf(bestFirst);
  }

  /**
   * Opens the kernel named {@code choice}, or for {@code auto} the best of those built in; see
   * {@link #select}.
   */
  public static BatchKernel open(String choice, AspectPolicy policy) {
    return open(choice, policy, KernelSettings.DEFAULT);
  }

  /** As {@link #open(String, AspectPolicy)}, with settings. */
  public static BatchKernel open(String choice, AspectPolicy policy, KernelSettings settings) {
    return builtIn().select(choice, policy, settings);
  }

  /** Chooses among the kernels built in. */
  public static Kernels builtIn() {
    return new Kernels(List.of(new VectorKernelProvider(), new ReferenceKernelProvider()));
  }

  /** Opens a kernel of the kind that {@link #choose} finds, for {@code policy}. */
  public BatchKernel select(String choice, AspectPolicy policy, KernelSettings settings) {
    Objects.requireNonNull(policy, "policy");
    return choose(choice).open(policy, settings);
  }

  /**
   * The kind of kernel that {@code choice} means. A named one that is unknown or cannot run here is
   * an {@link IllegalArgumentException} with the reason; {@code auto} says in one log line what it
   * took and why it refused each better one.
   */
  public AspectKernelProvider choose(String choice) {
    return choice.equals(AUTO) ? best() : named(choice);
  }

  private AspectKernelProvider named(String choice) {
    for (AspectKernelProvider provider : bestFirst) {
      if (provider.name().equals(choice)) {
        AspectKernelProvider.Probe probe = provider.probe();
        if (!probe.usable()) {
          throw new IllegalArgumentException(
              "Kernel '" + choice + "' cannot run here: " + probe.reason());
        }
        return provider;
      }
    }
    throw new IllegalArgumentException(
        "Unknown kernel '" + choice + "'; known are " + AUTO + ", " + names());
  }

  private AspectKernelProvider best() {
    StringBuilder refusals = new StringBuilder();
    for (AspectKernelProvider provider : bestFirst) {
      AspectKernelProvider.Probe probe = provider.probe();
      if (probe.usable()) {
        LOG.info("Kernel '{}' taken: {}{}", provider.name(), probe.reason(), refusals);
        return provider;
      }
      refusals.append("; '").append(provider.name()).append("' refused: ").append(probe.reason());
    }
    throw new IllegalArgumentException("No kernel can run here" + refusals);
  }

  private String names() {
    return bestFirst.stream().map(AspectKernelProvider::name).collect(Collectors.joining(", "));
  }
}
