"""The libcrypto functions that seal and open packets; nothing else."""
cdef extern from "openssl/params.h" nogil:
    ctypedef struct OSSL_PARAM:
        pass
    OSSL_PARAM OSSL_PARAM_construct_octet_string(const char*, void*, size_t)
    OSSL_PARAM OSSL_PARAM_construct_end()

cdef extern from "openssl/evp.h" nogil:
    ctypedef struct EVP_CIPHER_CTX:
        pass
    ctypedef struct EVP_CIPHER:
        pass
    int EVP_CTRL_AEAD_GET_TAG
    int EVP_CTRL_AEAD_SET_TAG
    EVP_CIPHER_CTX* EVP_CIPHER_CTX_new()
    void EVP_CIPHER_CTX_free(EVP_CIPHER_CTX*)
    const EVP_CIPHER* EVP_chacha20_poly1305()
    const EVP_CIPHER* EVP_chacha20()
    const EVP_CIPHER* EVP_aes_256_gcm()
    const EVP_CIPHER* EVP_aes_256_ecb()
    int EVP_CipherInit_ex(
        EVP_CIPHER_CTX*, const EVP_CIPHER*, void*, const unsigned char*, const unsigned char*, int encrypt
    )
    int EVP_EncryptInit_ex(EVP_CIPHER_CTX*, const EVP_CIPHER*, void*, const unsigned char*, const unsigned char*)
    int EVP_EncryptUpdate(EVP_CIPHER_CTX*, unsigned char*, int*, const unsigned char*, int)
    int EVP_EncryptFinal_ex(EVP_CIPHER_CTX*, unsigned char*, int*)
    int EVP_DecryptInit_ex(EVP_CIPHER_CTX*, const EVP_CIPHER*, void*, const unsigned char*, const unsigned char*)
    int EVP_DecryptUpdate(EVP_CIPHER_CTX*, unsigned char*, int*, const unsigned char*, int)
    int EVP_DecryptFinal_ex(EVP_CIPHER_CTX*, unsigned char*, int*)
    int EVP_CIPHER_CTX_ctrl(EVP_CIPHER_CTX*, int, int, void*)
    int EVP_CIPHER_CTX_set_params(EVP_CIPHER_CTX*, const OSSL_PARAM*)
    int EVP_CIPHER_CTX_get_params(EVP_CIPHER_CTX*, OSSL_PARAM*)

cdef extern from "openssl/core_names.h" nogil:
    const char* OSSL_CIPHER_PARAM_AEAD_TAG
    const char* OSSL_CIPHER_PARAM_AEAD_TLS1_IV_FIXED
    const char* OSSL_CIPHER_PARAM_AEAD_TLS1_SET_IV_INV

cdef extern from "openssl/crypto.h" nogil:
    void OPENSSL_cleanse(void*, size_t)
    int CRYPTO_memcmp(const void*, const void*, size_t)
