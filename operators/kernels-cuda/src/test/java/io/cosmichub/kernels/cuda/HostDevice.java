package io.cosmichub.kernels.cuda;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * A device that is a process of the device code, compiled for this machine. What stands in a stream
 * runs as late as a device may run it: when somebody waits.
 */
final class HostDevice implements Device {

  private static final int OFFSETS = 36;
  private static final int COPIED_AT_A_TIME = 1 << 16;

  /** What the driver says of a kernel that touches what is not its own. */
  private static final int ILLEGAL_ADDRESS = 700;

  private final Process process;
  private final OutputStream to;
  private final DataInputStream from;
  private final List<Deque<Command>> streams = new ArrayList<>();
  private final CompletableFuture<String> errors;
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final int blocksToFill;

  private HostDevice(Process process, int blocksToFill) {
    this.process = process;
    this.blocksToFill = blocksToFill;
    to = new BufferedOutputStream(process.getOutputStream(), COPIED_AT_A_TIME);
    from = new DataInputStream(process.getInputStream());
    errors =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
              } catch (IOException failed) {
                return failed.toString();
              }
            });
    for (int stream = 0; stream < STREAMS; stream++) {
      streams.add(new ArrayDeque<>());
    }
  }

  /**
   * Starts the process of a program; {@code backwards} runs the threads of every phase, and the
   * blocks of every launch, in descending order.
   */
  static HostDevice start(Path program, boolean backwards, int blocksToFill) {
    try {
      HostDevice device =
          new HostDevice(new ProcessBuilder(program.toString()).start(), blocksToFill);
      device.say('o', number(Integer.BYTES).putInt(backwards ? 1 : 0));
      return device;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Completes with the exit status once the device is closed or has died. */
  CompletableFuture<Integer> ended() {
    return ended;
  }

  /** What the process wrote when it ended. */
  String errors() {
    return errors.join();
  }

  /** Ends the process as a fault would. */
  void kill() {
    process.destroyForcibly();
  }

  /** The offsets of the structures, as the compiler of the device code laid them out. */
  long[] offsets() {
    say('d');
    ByteBuffer answer = answer(Long.BYTES * OFFSETS);
    long[] offsets = new long[OFFSETS];
    answer.asLongBuffer().get(offsets);
    return offsets;
  }

  @Override
  public int blocksToFill() {
    return blocksToFill;
  }

  @Override
  public HostMemory allocateHost(int bytes) {
    ByteBuffer memory = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    return () -> memory;
  }

  @Override
  public DeviceMemory allocate(long bytes) {
    say('a', number(Long.BYTES).putLong(bytes));
    return new Heap(answer(Long.BYTES).getLong(), bytes);
  }

  @Override
  public void free(HostMemory memory) {
    memory.bytes().clear();
  }

  @Override
  public void free(DeviceMemory memory) {
    say('f', number(Long.BYTES).putLong(memory.address()));
  }

  @Override
  public void clear(int stream, DeviceMemory memory, long bytes) {
    inStream(stream, () -> say('z', range(memory.address(), bytes)));
  }

  @Override
  public void upload(int stream, HostMemory source, DeviceMemory into, long offset, long bytes) {
    inStream(
        stream,
        () -> {
          say('u', range(into.address() + offset, bytes));
          write(source.bytes().duplicate().position(0).limit(Math.toIntExact(bytes)));
        });
  }

  @Override
  public void download(
      int stream, DeviceMemory source, long offset, HostMemory into, long toOffset, long bytes) {
    inStream(
        stream,
        () -> {
          say('g', range(source.address() + offset, bytes));
          into.bytes()
              .duplicate()
              .position(Math.toIntExact(toOffset))
              .put(answer(Math.toIntExact(bytes)));
        });
  }

  @Override
  public void launch(int stream, Entry entry, int blocks, int blocksDown, Work work) {
    byte[] name = entry.name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer command =
        number(3 * Integer.BYTES + name.length + Work.BYTES)
            .putInt(name.length)
            .put(name)
            .putInt(blocks)
            .putInt(blocksDown)
            .put(work.bytes().duplicate().position(0).limit(Work.BYTES));
    inStream(stream, () -> say('l', command));
  }

  @Override
  public void synchronize(int stream) {
    Deque<Command> commands = streams.get(stream);
    while (!commands.isEmpty()) {
      commands.removeFirst().run();
    }
    say('s');
    flush();
  }

  @Override
  public long computeNanos() {
    return 0;
  }

  @Override
  public void close() {
    try {
      to.close();
      ended.complete(process.waitFor());
    } catch (IOException failed) {
      ended.completeExceptionally(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      ended.completeExceptionally(interrupted);
    }
  }

  private void inStream(int stream, Command command) {
    streams.get(stream).addLast(command);
  }

  private static ByteBuffer range(long address, long bytes) {
    return number(2 * Long.BYTES).putLong(address).putLong(bytes);
  }

  private static ByteBuffer number(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
  }

  private void say(char command) {
    say(command, new byte[0]);
  }

  private void say(char command, ByteBuffer arguments) {
    byte[] all = new byte[arguments.capacity()];
    arguments.get(0, all);
    say(command, all);
  }

  private void say(char command, byte[] arguments) {
    try {
      to.write(command);
      to.write(arguments);
    } catch (IOException failed) {
      throw died();
    }
  }

  private void write(ByteBuffer bytes) {
    byte[] piece = new byte[COPIED_AT_A_TIME];
    try {
      while (bytes.hasRemaining()) {
        int now = Math.min(piece.length, bytes.remaining());
        bytes.get(piece, 0, now);
        to.write(piece, 0, now);
      }
    } catch (IOException failed) {
      throw died();
    }
  }

  private void flush() {
    try {
      to.flush();
    } catch (IOException failed) {
      throw died();
    }
  }

  private ByteBuffer answer(int bytes) {
    try {
      to.write('s');
      to.flush();
      byte[] answer = new byte[bytes];
      from.readFully(answer);
      return ByteBuffer.wrap(answer).order(ByteOrder.nativeOrder());
    } catch (IOException failed) {
      throw died();
    }
  }

  private DeviceException died() {
    String said = errors.join();
    ended.complete(process.onExit().join().exitValue());
    return DeviceException.failed("host device", ILLEGAL_ADDRESS, said);
  }

  private interface Command {
    void run();
  }

  private record Heap(long address, long bytes) implements DeviceMemory {}
}
