package io.cosmichub.kernels;

import io.cosmichub.aspect.AspectPolicy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
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
   * Opens the kernel named {@code choice}, or for {@code auto} the best of those {@link #known};
   * see {@link #select}.
   */
  public static BatchKernel open(String choice, AspectPolicy policy) {
    return open(choice, policy, KernelSettings.DEFAULT);
  }

  /** As {@link #open(String, AspectPolicy)}, with settings. */
  public static BatchKernel open(String choice, AspectPolicy policy, KernelSettings settings) {
    return known().select(choice, policy, settings);
  }

  /**
   * The kinds of kernel in this process: first those that other modules bring as services, worth
   * their dependency, then those built in.
   */
  public static Kernels known() {
    return known(Kernels.class.getClassLoader());
  }

  /**
   * By the loader of this class, not the thread's: a job has a loader of its own, and a thread may
   * have any.
   */
  static Kernels known(ClassLoader loader) {
    List<AspectKernelProvider> bestFirst = new ArrayList<>();
    Iterator<AspectKernelProvider> services =
        ServiceLoader.load(AspectKernelProvider.class, loader).iterator();
    while (hasNext(services)) {
      try {
        bestFirst.add(services.next());
      } catch (ServiceConfigurationError broken) {
        LOG.warn("A kind of kernel is left out: {}", broken.getMessage());
      }
    }
    bestFirst.add(new VectorKernelProvider());
    bestFirst.add(new ReferenceKernelProvider());
    return new Kernels(bestFirst);
  }

  private static boolean hasNext(Iterator<AspectKernelProvider> services) {
    try {
      return services.hasNext();
    } catch (ServiceConfigurationError unreadable) {
      LOG.warn("Kinds of kernel are left out: {}", unreadable.getMessage());
      return false;
    }
  }

  /**
   * A kernel that is open.
   *
   * @param kind what opened it
   * @param kernel the kernel, which the caller closes
   */
  public record Opened(AspectKernelProvider kind, BatchKernel kernel) {

    private static Opened of(
        AspectKernelProvider kind, AspectPolicy policy, KernelSettings settings) {
      return new Opened(kind, kind.open(policy, settings));
    }
  }

  /** The kernel that {@link #opened} opens. */
  public BatchKernel select(String choice, AspectPolicy policy, KernelSettings settings) {
    return opened(choice, policy, settings).kernel();
  }

  /**
   * Opens a kernel of the kind that {@code choice} means, for {@code policy}. As {@link #choose},
   * but {@code auto} goes on to the next best kind where a kernel does not open, and says that too.
   */
  public Opened opened(String choice, AspectPolicy policy, KernelSettings settings) {
    Objects.requireNonNull(policy, "policy");
    return choice.equals(AUTO)
        ? best(kind -> Opened.of(kind, policy, settings))
        : Opened.of(named(choice), policy, settings);
  }

  /**
   * The kind of kernel that {@code choice} means. A named one that is unknown or cannot run here is
   * an {@link IllegalArgumentException} with the reason, and one that this process gave up a {@link
   * LostKernelException}; {@code auto} says in one log line what it took and why it refused each
   * better one.
   */
  public AspectKernelProvider choose(String choice) {
    return choice.equals(AUTO) ? best(kind -> kind) : named(choice);
  }

  /** The names of the kinds that this process had and gave up, the best first. */
  public List<String> lost() {
    return bestFirst.stream()
        .filter(kind -> kind.probe().lost())
        .map(AspectKernelProvider::name)
        .toList();
  }

  private AspectKernelProvider named(String choice) {
    for (AspectKernelProvider provider : bestFirst) {
      if (provider.name().equals(choice)) {
        AspectKernelProvider.Probe probe = provider.probe();
        if (probe.lost()) {
          throw new LostKernelException(choice, probe.reason());
        }
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

  private <T> T best(Function<AspectKernelProvider, T> taking) {
    StringBuilder refusals = new StringBuilder();
    for (AspectKernelProvider provider : bestFirst) {
      AspectKernelProvider.Probe probe = provider.probe();
      if (!probe.usable()) {
        refused(provider, probe.reason(), refusals);
        continue;
      }
      try {
        T taken = taking.apply(provider);
        LOG.info("Kernel '{}' taken: {}{}", provider.name(), probe.reason(), refusals);
        return taken;
      } catch (RuntimeException | LinkageError failure) {
        refused(provider, "does not open: " + failure, refusals);
      }
    }
    throw new IllegalArgumentException("No kernel can run here" + refusals);
  }

  private static void refused(
      AspectKernelProvider provider, String reason, StringBuilder refusals) {
    refusals.append("; '").append(provider.name()).append("' refused: ").append(reason);
  }

  private String names() {
    return bestFirst.stream().map(AspectKernelProvider::name).collect(Collectors.joining(", "));
  }
}
