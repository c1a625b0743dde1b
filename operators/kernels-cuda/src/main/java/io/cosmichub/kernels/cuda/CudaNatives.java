package io.cosmichub.kernels.cuda;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Loads JCuda's native library, once in a process, from a folder that only this process writes to:
 * by itself JCuda would load whatever lies under a well-known name in the shared temporary folder.
 */
final class CudaNatives {

  private static final String TEMPORARY = "java.io.tmpdir";
  private static final String DRIVER_CLASS = "jcuda.driver.JCudaDriver";

  private CudaNatives() {}

  /** Why JCuda cannot be used here, in words, or null if it can. */
  static @Nullable String refusal() {
    return Loaded.REFUSAL;
  }

  /** Runs the loading when it is first asked for. */
  private static final class Loaded {

    private static final @Nullable String REFUSAL = load();

    private static @Nullable String load() {
      String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
      if (!platform.equals("Linux amd64")) {
        return "JCuda's library here is for Linux on x86_64, not for " + platform;
      }
      try {
        Path folder = Files.createTempDirectory("cosmichub-jcuda");
        try {
          return loadFrom(folder);
        } finally {
          delete(folder);
        }
      } catch (IOException failed) {
        return "no folder for JCuda's library: " + failed.getMessage();
      }
    }

    private static @Nullable String loadFrom(Path folder) {
      String shared = System.getProperty(TEMPORARY, File.separator + "tmp");
      System.setProperty(TEMPORARY, folder.toString());
      try {
        Class.forName(DRIVER_CLASS, true, CudaNatives.class.getClassLoader());
        return null;
      } catch (ClassNotFoundException absent) {
        return "JCuda is not on the class path";
      } catch (LinkageError refused) {
        return words(refused);
      } finally {
        System.setProperty(TEMPORARY, shared);
      }
    }

    /** A library that is loaded needs no name any more. */
    private static void delete(Path folder) throws IOException {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  /** The line that says what is missing, out of pages with two stack traces. */
  static String words(Throwable refused) {
    String all = String.valueOf(refused.getMessage());
    Matcher driver = Pattern.compile("(libcuda\\.so\\S*): (.*)").matcher(all);
    if (driver.find()) {
      return "no " + driver.group(1) + ": " + driver.group(2).strip();
    }
    Matcher cause = Pattern.compile("(?:UnsatisfiedLinkError|IOException): (.*)").matcher(all);
    String last = all.lines().findFirst().orElse("").strip();
    while (cause.find()) {
      last = cause.group(1).strip();
    }
    return "JCuda does not load: " + last;
  }
}
