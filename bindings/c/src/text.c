/* Whether a text of the caller's ends in time and is UTF-8 (RFC 3629: shortest form, no surrogates, at most U+10FFFF).
 */
#include "shim.h"

/* Bytes that must follow a first byte, and the range of the first of them; 0xFF: no first byte at all. */
static uint32_t followers(const unsigned char *at, unsigned char *low, unsigned char *high) {
    unsigned char first = at[0];
    *low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    *high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (first < 0x80)
        return 0;
    if (first >= 0xC2 && first <= 0xDF)
        return 1;
    if (first >= 0xE0 && first <= 0xEF)
        return 2;
    return first >= 0xF0 && first <= 0xF4 ? 3 : 0xFF;
}

/* Bytes of the character at `at`, or 0. Never looks beyond a NUL, which follows no first byte. */
static uint32_t character(const unsigned char *at) {
    unsigned char low, high;
    uint32_t count = followers(at, &low, &high);
    if (count == 0xFF || (count > 0 && (at[1] < low || at[1] > high)))
        return 0;
    for (uint32_t i = 2; i <= count; i++)
        if ((at[i] & 0xC0) != 0x80)
            return 0;
    return count + 1;
}

fn_text fn_text_check(const char *text, uint32_t max_bytes) {
    const unsigned char *at = (const unsigned char *)text;
    uint32_t length = 0;
    while (length <= max_bytes && at[length])
        length++;
    if (length > max_bytes)
        return FN_TEXT_TOO_LONG;
    for (uint32_t done = 0; done < length;) {
        uint32_t bytes = character(at + done);
        if (bytes == 0)
            return FN_TEXT_NOT_UTF8;
        done += bytes;
    }
    return FN_TEXT_OK;
}
