package io.cosmichub.streaming.given;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;

/**
 * Which of how many subtasks an operator under test is, and where its state lives.
 *
 * @param index from 0
 * @param parallelism how many there are
 * @param backend where state lives
 */
public record Subtask(int index, int parallelism, StateBackend backend) {

  /** Key groups of every operator under test. */
  public static final int MAX_PARALLELISM = 8;

  /** The only subtask, with its state on the heap. */
  public static final Subtask ONLY = of(0, 1);

  /** A subtask with its state on the heap. */
  public static Subtask of(int index, int parallelism) {
    return new Subtask(index, parallelism, new HashMapStateBackend());
  }

  /** The only subtask, with its state in {@code backend}. */
  public static Subtask in(StateBackend backend) {
    return new Subtask(0, 1, backend);
  }

  /** Every subtask of this many, with their state on the heap. */
  public static List<Subtask> all(int parallelism) {
    List<Subtask> subtasks = new ArrayList<>();
    for (int index = 0; index < parallelism; index++) {
      subtasks.add(of(index, parallelism));
    }
    return subtasks;
  }
}
