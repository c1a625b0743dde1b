package io.cosmichub.streaming.control;

import io.cosmichub.model.ArtifactVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Objects;
import org.apache.flink.core.fs.Path;

/**
 * Where artifacts lie that control records refer to.
 *
 * @param uri a folder of any file system that Flink knows; empty: there is none
 */
public record ModelFolder(String uri) implements Serializable {

  /** Artifacts come inline only. */
  public static final ModelFolder NONE = new ModelFolder("");

  /** Refuses null. */
  public ModelFolder {
    Objects.requireNonNull(uri, "uri");
  }

  /**
   * The bytes at a path below the folder; of more than a verifier takes, one more than that. {@link
   * IOException} if there is no folder or they cannot be read.
   */
  byte[] read(String reference) throws IOException {
    if (uri.isEmpty()) {
      throw new IOException("no folder of models is configured");
    }
    Path path = new Path(uri, reference);
    try (InputStream in = path.getFileSystem().open(path)) {
      return in.readNBytes(ArtifactVerifier.MAX_BYTES + 1);
    }
  }
}
