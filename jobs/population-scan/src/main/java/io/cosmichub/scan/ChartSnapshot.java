package io.cosmichub.scan;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The charts as they were read, kept beside the blocks: a topic goes on while a scan that was
 * broken off does not.
 */
final class ChartSnapshot {
  /* version | when they were read | how many | for each its id and sixteen longitudes. */
  private static final int VERSION = 1;

  static final String FILE = "read";

  private ChartSnapshot() {}

  /** Whether a folder has one. */
  static boolean exists(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  /** Writes one, whole or not at all. */
  static void write(Path folder, ScanCharts charts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(VERSION);
      out.writeLong(charts.at());
      out.writeInt(charts.ids().size());
      for (int chart = 0; chart < charts.ids().size(); chart++) {
        out.writeUTF(charts.ids().get(chart));
        for (int slot = 0; slot < Body.COUNT; slot++) {
          out.writeInt(charts.longitudes().get(chart).at(slot));
        }
      }
    }
    Files.createDirectories(folder);
    Path unfinished = folder.resolve(FILE + ".tmp");
    Files.write(unfinished, bytes.toByteArray());
    Files.move(unfinished, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Reads the one of a folder; what was left out then is not in it. */
  static ScanCharts read(Path folder) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(folder.resolve(FILE))))) {
      int version = in.readInt();
      if (version != VERSION) {
        throw new IOException(folder.resolve(FILE) + " has version " + version);
      }
      long at = in.readLong();
      int size = in.readInt();
      List<String> ids = new ArrayList<>(size);
      List<Longitudes> longitudes = new ArrayList<>(size);
      int[] slots = new int[Body.COUNT];
      for (int chart = 0; chart < size; chart++) {
        ids.add(in.readUTF());
        for (int slot = 0; slot < Body.COUNT; slot++) {
          slots[slot] = in.readInt();
        }
        longitudes.add(Longitudes.of(slots));
      }
      return new ScanCharts(at, List.copyOf(ids), List.copyOf(longitudes), List.of());
    }
  }
}
