/* wine 8 has no bcryptprimitives.dll, which programs in Rust ask for random numbers. For the tests under wine alone. */
#include <windows.h>

BOOLEAN WINAPI SystemFunction036(void *buffer, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(unsigned char *buffer, size_t length) {
    return SystemFunction036(buffer, (ULONG)length);
}
