// The entry points of the device code. Regenerate the PTX that ships with ./compile-ptx in this folder.
#include "aspects.h"

#define ENTRY extern "C" __global__ void __launch_bounds__(THREADS)

ENTRY packed_sets(const Work work) { packed(blockIdx.x, work); }

ENTRY dense_sets(const Work work) { dense(blockIdx.x, work); }

ENTRY pair_scores(const Work work) { scores(blockIdx.x, work); }

ENTRY rank_ten(const Work work) { rank<StepRow<10>>(blockIdx.x, blockIdx.y, work); }

ENTRY rank_sixteen(const Work work) { rank<StepRow<16>>(blockIdx.x, blockIdx.y, work); }

ENTRY rank_any(const Work work) { rank<AnyRow>(blockIdx.x, blockIdx.y, work); }

ENTRY merge_lists(const Work work) { merge(blockIdx.x, work); }
