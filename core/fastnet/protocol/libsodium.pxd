"""The libsodium functions that seal and open packets, derive their keys, and stretch a seed; nothing else."""
from libc.stdint cimport uint32_t, uint64_t

cdef extern from "sodium.h" nogil:
    int sodium_init()
    const char* sodium_version_string()
    void sodium_memzero(void*, size_t)

    ctypedef struct crypto_aead_aes256gcm_state:
        pass
    int crypto_aead_aes256gcm_is_available()
    size_t crypto_aead_aes256gcm_statebytes()
    int crypto_aead_aes256gcm_beforenm(crypto_aead_aes256gcm_state*, const unsigned char* key)
    int crypto_aead_aes256gcm_encrypt_detached_afternm(
        unsigned char* c, unsigned char* mac, unsigned long long* mac_bytes, const unsigned char* m,
        unsigned long long m_bytes, const unsigned char* ad, unsigned long long ad_bytes, const unsigned char* unused,
        const unsigned char* nonce, const crypto_aead_aes256gcm_state*
    )
    int crypto_aead_aes256gcm_decrypt_detached_afternm(
        unsigned char* m, unsigned char* unused, const unsigned char* c, unsigned long long c_bytes,
        const unsigned char* mac, const unsigned char* ad, unsigned long long ad_bytes, const unsigned char* nonce,
        const crypto_aead_aes256gcm_state*
    )

    int crypto_aead_chacha20poly1305_ietf_encrypt_detached(
        unsigned char* c, unsigned char* mac, unsigned long long* mac_bytes, const unsigned char* m,
        unsigned long long m_bytes, const unsigned char* ad, unsigned long long ad_bytes, const unsigned char* unused,
        const unsigned char* nonce, const unsigned char* key
    )
    int crypto_aead_chacha20poly1305_ietf_decrypt_detached(
        unsigned char* m, unsigned char* unused, const unsigned char* c, unsigned long long c_bytes,
        const unsigned char* mac, const unsigned char* ad, unsigned long long ad_bytes, const unsigned char* nonce,
        const unsigned char* key
    )
    int crypto_stream_chacha20_xor_ic(
        unsigned char* c, const unsigned char* m, unsigned long long m_bytes, const unsigned char* nonce, uint64_t ic,
        const unsigned char* key
    )
    int crypto_stream_chacha20_ietf_xor_ic(
        unsigned char* c, const unsigned char* m, unsigned long long m_bytes, const unsigned char* nonce, uint32_t ic,
        const unsigned char* key
    )

    int crypto_kdf_hkdf_sha256_extract(
        unsigned char* prk, const unsigned char* salt, size_t salt_bytes, const unsigned char* ikm, size_t ikm_bytes
    )
    int crypto_kdf_hkdf_sha256_expand(
        unsigned char* out, size_t out_bytes, const char* info, size_t info_bytes, const unsigned char* prk
    )
