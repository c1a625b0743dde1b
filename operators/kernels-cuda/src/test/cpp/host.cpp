// A device that is a process: its memory is the heap, a launch runs block by block and thread by thread. Commands come on
// stdin, answers go to stdout, numbers in the machine's byte order. A sanitizer ends the process with its report on stderr.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <unordered_map>
#include <vector>

#include "aspects.h"

bool host_backwards = false;

namespace {

using Kernel = void (*)(int, int, const Work &);

const std::unordered_map<std::string, Kernel> KERNELS = {
    {"packed_sets", [](int x, int, const Work &work) { packed(x, work); }},
    {"dense_sets", [](int x, int, const Work &work) { dense(x, work); }},
    {"pair_scores", [](int x, int, const Work &work) { scores(x, work); }},
    {"rank_ten", [](int x, int y, const Work &work) { rank<StepRow<10>>(x, y, work); }},
    {"rank_sixteen", [](int x, int y, const Work &work) { rank<StepRow<16>>(x, y, work); }},
    {"rank_any", [](int x, int y, const Work &work) { rank<AnyRow>(x, y, work); }},
    {"merge_lists", [](int x, int, const Work &work) { merge(x, work); }},
};

constexpr int UNWRITTEN = 0xC5;

void fail(const char *what) {
  std::fprintf(stderr, "host device: %s\n", what);
  std::exit(3);
}

void get(void *to, size_t bytes) {
  if (bytes != 0 && std::fread(to, 1, bytes, stdin) != bytes) {
    fail("the command ends early");
  }
}

template <class T>
T get() {
  T value;
  get(&value, sizeof value);
  return value;
}

char *get_address() { return reinterpret_cast<char *>(static_cast<uintptr_t>(get<uint64_t>())); }

void put(const void *from, size_t bytes) {
  if (std::fwrite(from, 1, bytes, stdout) != bytes) {
    fail("nobody reads");
  }
}

void put(int64_t value) { put(&value, sizeof value); }

void describe() {
  for (const size_t offset :
       {sizeof(Policy), sizeof(Work), offsetof(Policy, multiplier), offsetof(Policy, weight), offsetof(Policy, half),
        offsetof(Policy, width), offsetof(Policy, per_width), offsetof(Policy, aspects), offsetof(Policy, bodies),
        offsetof(Policy, angle), offsetof(Policy, max_orb), offsetof(Policy, code), offsetof(Policy, slot),
        offsetof(Policy, pair_weight), offsetof(Policy, step_orb), offsetof(Policy, step_multiplier), offsetof(Work, a),
        offsetof(Work, b), offsetof(Work, moved_a), offsetof(Work, moved_b), offsetof(Work, total),
        offsetof(Work, bases), offsetof(Work, counts), offsetof(Work, bits), offsetof(Work, hits),
        offsetof(Work, scores), offsetof(Work, partners), offsetof(Work, histogram), offsetof(Work, advance_a),
        offsetof(Work, pairs), offsetof(Work, charts), offsetof(Work, first_row), offsetof(Work, rows),
        offsetof(Work, columns_per_split), offsetof(Work, splits), offsetof(Work, best)}) {
    put(static_cast<int64_t>(offset));
  }
}

void launch() {
  std::string name(static_cast<size_t>(get<int32_t>()), ' ');
  get(name.data(), name.size());
  const int across = get<int32_t>();
  const int down = get<int32_t>();
  Work work;
  get(&work, sizeof work);
  const auto kernel = KERNELS.find(name);
  if (kernel == KERNELS.end()) {
    fail("no such entry");
  }
  const int blocks = across * down;
  for (int turn = 0; turn < blocks; turn++) {
    const int block = host_backwards ? blocks - 1 - turn : turn;
    kernel->second(block % across, block / across, work);
  }
}

}  // namespace

int main() {
  for (int command = std::getchar(); command != EOF; command = std::getchar()) {
    switch (command) {
      case 'd':
        describe();
        break;
      case 'o':
        host_backwards = get<int32_t>() != 0;
        break;
      case 'a': {
        const size_t bytes = get<uint64_t>();
        void *memory = std::malloc(bytes);
        std::memset(memory, UNWRITTEN, bytes);
        put(static_cast<int64_t>(reinterpret_cast<uintptr_t>(memory)));
        break;
      }
      case 'f':
        std::free(get_address());
        break;
      case 'z': {
        char *address = get_address();
        std::memset(address, 0, get<uint64_t>());
        break;
      }
      case 'u': {
        char *address = get_address();
        get(address, get<uint64_t>());
        break;
      }
      case 'g': {
        const char *address = get_address();
        put(address, get<uint64_t>());
        break;
      }
      case 'l':
        launch();
        break;
      case 's':
        std::fflush(stdout);
        break;
      default:
        fail("no such command");
    }
  }
  return 0;
}
