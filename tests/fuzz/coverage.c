/* Coverage of compiled code for tests/fuzz/engine.py. gcc -fsanitize-coverage=trace-pc calls this function in every
   basic block; a byte of the map counts how often its hash came by. Preloaded, to be there before any module. */
#include <stdint.h>

uint8_t fastnet_coverage[1 << 16];

void __sanitizer_cov_trace_pc(void)
{
    static uintptr_t before;
    uintptr_t here = (uintptr_t)__builtin_return_address(0);
    uintptr_t edge = here ^ before; /* Where from and where to, as AFL counts. */
    uint8_t* count = &fastnet_coverage[(edge ^ edge >> 16) & 0xFFFF];
    *count += *count != 255;
    before = here << 1 & 0xFFFF;
}
