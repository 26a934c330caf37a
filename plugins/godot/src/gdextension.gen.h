/* The part of Godot's extension interface that this addon uses, printed from the engine's dump by
 * tools/trim_interface.py; do not edit. Renew it with: python tools/trim_interface.py GODOT
 *
 * Declarations derived from Godot Engine, https://godotengine.org, under the MIT license:
 *
 * Copyright (c) 2014-present Godot Engine contributors (see AUTHORS.md).
 * Copyright (c) 2007-2014 Juan Linietsky, Ariel Manzur.
 *
 * Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
 * documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
 * rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to
 * permit persons to whom the Software is furnished to do so, subject to the following conditions:
 *
 * The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
 * Software.
 *
 * THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
 * WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
 * COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
 * OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
 */
#ifndef FASTNET_GDEXTENSION_H
#define FASTNET_GDEXTENSION_H

#include <stddef.h>
#include <stdint.h>

typedef enum {
    GDEXTENSION_VARIANT_TYPE_NIL = 0,
    GDEXTENSION_VARIANT_TYPE_BOOL = 1,
    GDEXTENSION_VARIANT_TYPE_INT = 2,
    GDEXTENSION_VARIANT_TYPE_FLOAT = 3,
    GDEXTENSION_VARIANT_TYPE_STRING = 4,
    GDEXTENSION_VARIANT_TYPE_VECTOR2 = 5,
    GDEXTENSION_VARIANT_TYPE_VECTOR2I = 6,
    GDEXTENSION_VARIANT_TYPE_RECT2 = 7,
    GDEXTENSION_VARIANT_TYPE_RECT2I = 8,
    GDEXTENSION_VARIANT_TYPE_VECTOR3 = 9,
    GDEXTENSION_VARIANT_TYPE_VECTOR3I = 10,
    GDEXTENSION_VARIANT_TYPE_TRANSFORM2D = 11,
    GDEXTENSION_VARIANT_TYPE_VECTOR4 = 12,
    GDEXTENSION_VARIANT_TYPE_VECTOR4I = 13,
    GDEXTENSION_VARIANT_TYPE_PLANE = 14,
    GDEXTENSION_VARIANT_TYPE_QUATERNION = 15,
    GDEXTENSION_VARIANT_TYPE_AABB = 16,
    GDEXTENSION_VARIANT_TYPE_BASIS = 17,
    GDEXTENSION_VARIANT_TYPE_TRANSFORM3D = 18,
    GDEXTENSION_VARIANT_TYPE_PROJECTION = 19,
    GDEXTENSION_VARIANT_TYPE_COLOR = 20,
    GDEXTENSION_VARIANT_TYPE_STRING_NAME = 21,
    GDEXTENSION_VARIANT_TYPE_NODE_PATH = 22,
    GDEXTENSION_VARIANT_TYPE_RID = 23,
    GDEXTENSION_VARIANT_TYPE_OBJECT = 24,
    GDEXTENSION_VARIANT_TYPE_CALLABLE = 25,
    GDEXTENSION_VARIANT_TYPE_SIGNAL = 26,
    GDEXTENSION_VARIANT_TYPE_DICTIONARY = 27,
    GDEXTENSION_VARIANT_TYPE_ARRAY = 28,
    GDEXTENSION_VARIANT_TYPE_PACKED_BYTE_ARRAY = 29,
    GDEXTENSION_VARIANT_TYPE_PACKED_INT32_ARRAY = 30,
    GDEXTENSION_VARIANT_TYPE_PACKED_INT64_ARRAY = 31,
    GDEXTENSION_VARIANT_TYPE_PACKED_FLOAT32_ARRAY = 32,
    GDEXTENSION_VARIANT_TYPE_PACKED_FLOAT64_ARRAY = 33,
    GDEXTENSION_VARIANT_TYPE_PACKED_STRING_ARRAY = 34,
    GDEXTENSION_VARIANT_TYPE_PACKED_VECTOR2_ARRAY = 35,
    GDEXTENSION_VARIANT_TYPE_PACKED_VECTOR3_ARRAY = 36,
    GDEXTENSION_VARIANT_TYPE_PACKED_COLOR_ARRAY = 37,
    GDEXTENSION_VARIANT_TYPE_PACKED_VECTOR4_ARRAY = 38,
    GDEXTENSION_VARIANT_TYPE_VARIANT_MAX = 39,
} GDExtensionVariantType;

typedef void *GDExtensionVariantPtr;

typedef const void *GDExtensionConstVariantPtr;

typedef void *GDExtensionUninitializedVariantPtr;

typedef void *GDExtensionStringNamePtr;

typedef const void *GDExtensionConstStringNamePtr;

typedef void *GDExtensionUninitializedStringNamePtr;

typedef void *GDExtensionStringPtr;

typedef const void *GDExtensionConstStringPtr;

typedef void *GDExtensionUninitializedStringPtr;

typedef void *GDExtensionObjectPtr;

typedef void *GDExtensionTypePtr;

typedef const void *GDExtensionConstTypePtr;

typedef void *GDExtensionUninitializedTypePtr;

typedef const void *GDExtensionMethodBindPtr;

typedef int64_t GDExtensionInt;

typedef uint8_t GDExtensionBool;

typedef enum {
    GDEXTENSION_CALL_OK = 0,
    GDEXTENSION_CALL_ERROR_INVALID_METHOD = 1,
    GDEXTENSION_CALL_ERROR_INVALID_ARGUMENT = 2,
    GDEXTENSION_CALL_ERROR_TOO_MANY_ARGUMENTS = 3,
    GDEXTENSION_CALL_ERROR_TOO_FEW_ARGUMENTS = 4,
    GDEXTENSION_CALL_ERROR_INSTANCE_IS_NULL = 5,
    GDEXTENSION_CALL_ERROR_METHOD_NOT_CONST = 6,
} GDExtensionCallErrorType;

typedef struct {
    GDExtensionCallErrorType error;
    int32_t argument;
    int32_t expected;
} GDExtensionCallError;

typedef void (*GDExtensionVariantFromTypeConstructorFunc)(GDExtensionUninitializedVariantPtr, GDExtensionTypePtr);

typedef void (*GDExtensionTypeFromVariantConstructorFunc)(GDExtensionUninitializedTypePtr, GDExtensionVariantPtr);

typedef void (*GDExtensionPtrBuiltInMethod)(GDExtensionTypePtr p_base, const GDExtensionConstTypePtr*p_args, GDExtensionTypePtr r_return, int32_t p_argument_count);

typedef void (*GDExtensionPtrConstructor)(GDExtensionUninitializedTypePtr p_base, const GDExtensionConstTypePtr*p_args);

typedef void (*GDExtensionPtrDestructor)(GDExtensionTypePtr p_base);

typedef void *GDExtensionClassInstancePtr;

typedef GDExtensionBool (*GDExtensionClassSet)(GDExtensionClassInstancePtr p_instance, GDExtensionConstStringNamePtr p_name, GDExtensionConstVariantPtr p_value);

typedef GDExtensionBool (*GDExtensionClassGet)(GDExtensionClassInstancePtr p_instance, GDExtensionConstStringNamePtr p_name, GDExtensionVariantPtr r_ret);

typedef uint64_t (*GDExtensionClassGetRID)(GDExtensionClassInstancePtr p_instance);

typedef struct {
    GDExtensionVariantType type;
    GDExtensionStringNamePtr name;
    GDExtensionStringNamePtr class_name;
    uint32_t hint;
    GDExtensionStringPtr hint_string;
    uint32_t usage;
} GDExtensionPropertyInfo;

typedef const GDExtensionPropertyInfo* (*GDExtensionClassGetPropertyList)(GDExtensionClassInstancePtr p_instance, uint32_t*r_count);

typedef void (*GDExtensionClassFreePropertyList2)(GDExtensionClassInstancePtr p_instance, const GDExtensionPropertyInfo*p_list, uint32_t p_count);

typedef GDExtensionBool (*GDExtensionClassPropertyCanRevert)(GDExtensionClassInstancePtr p_instance, GDExtensionConstStringNamePtr p_name);

typedef GDExtensionBool (*GDExtensionClassPropertyGetRevert)(GDExtensionClassInstancePtr p_instance, GDExtensionConstStringNamePtr p_name, GDExtensionVariantPtr r_ret);

typedef GDExtensionBool (*GDExtensionClassValidateProperty)(GDExtensionClassInstancePtr p_instance, GDExtensionPropertyInfo*p_property);

typedef void (*GDExtensionClassNotification2)(GDExtensionClassInstancePtr p_instance, int32_t p_what, GDExtensionBool p_reversed);

typedef void (*GDExtensionClassToString)(GDExtensionClassInstancePtr p_instance, GDExtensionBool*r_is_valid, GDExtensionStringPtr p_out);

typedef void (*GDExtensionClassReference)(GDExtensionClassInstancePtr p_instance);

typedef void (*GDExtensionClassUnreference)(GDExtensionClassInstancePtr p_instance);

typedef void (*GDExtensionClassCallVirtual)(GDExtensionClassInstancePtr p_instance, const GDExtensionConstTypePtr*p_args, GDExtensionTypePtr r_ret);

typedef GDExtensionObjectPtr (*GDExtensionClassCreateInstance)(void*p_class_userdata);

typedef void (*GDExtensionClassFreeInstance)(void*p_class_userdata, GDExtensionClassInstancePtr p_instance);

typedef GDExtensionClassInstancePtr (*GDExtensionClassRecreateInstance)(void*p_class_userdata, GDExtensionObjectPtr p_object);

typedef GDExtensionClassCallVirtual (*GDExtensionClassGetVirtual)(void*p_class_userdata, GDExtensionConstStringNamePtr p_name);

typedef void* (*GDExtensionClassGetVirtualCallData)(void*p_class_userdata, GDExtensionConstStringNamePtr p_name);

typedef void (*GDExtensionClassCallVirtualWithData)(GDExtensionClassInstancePtr p_instance, GDExtensionConstStringNamePtr p_name, void*p_virtual_call_userdata, const GDExtensionConstTypePtr*p_args, GDExtensionTypePtr r_ret);

typedef struct {
    GDExtensionBool is_virtual;
    GDExtensionBool is_abstract;
    GDExtensionBool is_exposed;
    GDExtensionBool is_runtime;
    GDExtensionClassSet set_func;
    GDExtensionClassGet get_func;
    GDExtensionClassGetPropertyList get_property_list_func;
    GDExtensionClassFreePropertyList2 free_property_list_func;
    GDExtensionClassPropertyCanRevert property_can_revert_func;
    GDExtensionClassPropertyGetRevert property_get_revert_func;
    GDExtensionClassValidateProperty validate_property_func;
    GDExtensionClassNotification2 notification_func;
    GDExtensionClassToString to_string_func;
    GDExtensionClassReference reference_func;
    GDExtensionClassUnreference unreference_func;
    GDExtensionClassCreateInstance create_instance_func;
    GDExtensionClassFreeInstance free_instance_func;
    GDExtensionClassRecreateInstance recreate_instance_func;
    GDExtensionClassGetVirtual get_virtual_func;
    GDExtensionClassGetVirtualCallData get_virtual_call_data_func;
    GDExtensionClassCallVirtualWithData call_virtual_with_data_func;
    GDExtensionClassGetRID get_rid_func;
    void*class_userdata;
} GDExtensionClassCreationInfo3;

typedef void *GDExtensionClassLibraryPtr;

typedef enum {
    GDEXTENSION_METHOD_FLAG_NORMAL = 1,
    GDEXTENSION_METHOD_FLAG_EDITOR = 2,
    GDEXTENSION_METHOD_FLAG_CONST = 4,
    GDEXTENSION_METHOD_FLAG_VIRTUAL = 8,
    GDEXTENSION_METHOD_FLAG_VARARG = 16,
    GDEXTENSION_METHOD_FLAG_STATIC = 32,
    GDEXTENSION_METHOD_FLAG_VIRTUAL_REQUIRED = 128,
    GDEXTENSION_METHOD_FLAGS_DEFAULT = 1,
} GDExtensionClassMethodFlags;

typedef enum {
    GDEXTENSION_METHOD_ARGUMENT_METADATA_NONE = 0,
    GDEXTENSION_METHOD_ARGUMENT_METADATA_INT_IS_INT8 = 1,
    GDEXTENSION_METHOD_ARGUMENT_METADATA_INT_IS_INT16 = 2,
    GDEXTENSION_METHOD_ARGUMENT_METADATA_INT_IS_INT32 = 3,
    GDEXTENSION_METHOD_ARGUMENT_METADATA_INT_IS_INT64 = 4,
    GDEXTENSION_METHOD_ARGUMENT_METADATA_INT_IS_UINT8 = 5,
    GDEXTENSION_METHOD_ARGUMENT_METADATA_INT_IS_UINT16 = 6,
    GDEXTENSION_METHOD_ARGUMENT_METADATA_INT_IS_UINT32 = 7,
    GDEXTENSION_METHOD_ARGUMENT_METADATA_INT_IS_UINT64 = 8,
    GDEXTENSION_METHOD_ARGUMENT_METADATA_REAL_IS_FLOAT = 9,
    GDEXTENSION_METHOD_ARGUMENT_METADATA_REAL_IS_DOUBLE = 10,
    GDEXTENSION_METHOD_ARGUMENT_METADATA_INT_IS_CHAR16 = 11,
    GDEXTENSION_METHOD_ARGUMENT_METADATA_INT_IS_CHAR32 = 12,
    GDEXTENSION_METHOD_ARGUMENT_METADATA_OBJECT_IS_REQUIRED = 13,
} GDExtensionClassMethodArgumentMetadata;

typedef void (*GDExtensionClassMethodCall)(void*method_userdata, GDExtensionClassInstancePtr p_instance, const GDExtensionConstVariantPtr*p_args, GDExtensionInt p_argument_count, GDExtensionVariantPtr r_return, GDExtensionCallError*r_error);

typedef void (*GDExtensionClassMethodPtrCall)(void*method_userdata, GDExtensionClassInstancePtr p_instance, const GDExtensionConstTypePtr*p_args, GDExtensionTypePtr r_ret);

typedef struct {
    GDExtensionStringNamePtr name;
    void*method_userdata;
    GDExtensionClassMethodCall call_func;
    GDExtensionClassMethodPtrCall ptrcall_func;
    uint32_t method_flags;
    GDExtensionBool has_return_value;
    GDExtensionPropertyInfo*return_value_info;
    GDExtensionClassMethodArgumentMetadata return_value_metadata;
    uint32_t argument_count;
    GDExtensionPropertyInfo*arguments_info;
    GDExtensionClassMethodArgumentMetadata*arguments_metadata;
    uint32_t default_argument_count;
    GDExtensionVariantPtr*default_arguments;
} GDExtensionClassMethodInfo;

typedef enum {
    GDEXTENSION_INITIALIZATION_CORE = 0,
    GDEXTENSION_INITIALIZATION_SERVERS = 1,
    GDEXTENSION_INITIALIZATION_SCENE = 2,
    GDEXTENSION_INITIALIZATION_EDITOR = 3,
    GDEXTENSION_MAX_INITIALIZATION_LEVEL = 4,
} GDExtensionInitializationLevel;

typedef void (*GDExtensionInitializeCallback)(void*p_userdata, GDExtensionInitializationLevel p_level);

typedef void (*GDExtensionDeinitializeCallback)(void*p_userdata, GDExtensionInitializationLevel p_level);

typedef struct {
    GDExtensionInitializationLevel minimum_initialization_level;
    void*userdata;
    GDExtensionInitializeCallback initialize;
    GDExtensionDeinitializeCallback deinitialize;
} GDExtensionInitialization;

typedef void (*GDExtensionInterfaceFunctionPtr)(void);

typedef GDExtensionInterfaceFunctionPtr (*GDExtensionInterfaceGetProcAddress)(const char*p_function_name);

typedef GDExtensionBool (*GDExtensionInitializationFunction)(GDExtensionInterfaceGetProcAddress p_get_proc_address, GDExtensionClassLibraryPtr p_library, GDExtensionInitialization*r_initialization);

typedef GDExtensionVariantPtr (*GDExtensionInterfaceArrayOperatorIndexConst)(GDExtensionConstTypePtr p_self, GDExtensionInt p_index);

typedef GDExtensionObjectPtr (*GDExtensionInterfaceClassdbConstructObject)(GDExtensionConstStringNamePtr p_classname);

typedef GDExtensionMethodBindPtr (*GDExtensionInterfaceClassdbGetMethodBind)(GDExtensionConstStringNamePtr p_classname, GDExtensionConstStringNamePtr p_methodname, GDExtensionInt p_hash);

typedef void (*GDExtensionInterfaceClassdbRegisterExtensionClass3)(GDExtensionClassLibraryPtr p_library, GDExtensionConstStringNamePtr p_class_name, GDExtensionConstStringNamePtr p_parent_class_name, const GDExtensionClassCreationInfo3*p_extension_funcs);

typedef void (*GDExtensionInterfaceClassdbRegisterExtensionClassIntegerConstant)(GDExtensionClassLibraryPtr p_library, GDExtensionConstStringNamePtr p_class_name, GDExtensionConstStringNamePtr p_enum_name, GDExtensionConstStringNamePtr p_constant_name, GDExtensionInt p_constant_value, GDExtensionBool p_is_bitfield);

typedef void (*GDExtensionInterfaceClassdbRegisterExtensionClassMethod)(GDExtensionClassLibraryPtr p_library, GDExtensionConstStringNamePtr p_class_name, const GDExtensionClassMethodInfo*p_method_info);

typedef void (*GDExtensionInterfaceClassdbRegisterExtensionClassSignal)(GDExtensionClassLibraryPtr p_library, GDExtensionConstStringNamePtr p_class_name, GDExtensionConstStringNamePtr p_signal_name, const GDExtensionPropertyInfo*p_argument_info, GDExtensionInt p_argument_count);

typedef void (*GDExtensionInterfaceClassdbUnregisterExtensionClass)(GDExtensionClassLibraryPtr p_library, GDExtensionConstStringNamePtr p_class_name);

typedef GDExtensionVariantPtr (*GDExtensionInterfaceDictionaryOperatorIndex)(GDExtensionTypePtr p_self, GDExtensionConstVariantPtr p_key);

typedef GDExtensionVariantPtr (*GDExtensionInterfaceDictionaryOperatorIndexConst)(GDExtensionConstTypePtr p_self, GDExtensionConstVariantPtr p_key);

typedef GDExtensionVariantFromTypeConstructorFunc (*GDExtensionInterfaceGetVariantFromTypeConstructor)(GDExtensionVariantType p_type);

typedef GDExtensionTypeFromVariantConstructorFunc (*GDExtensionInterfaceGetVariantToTypeConstructor)(GDExtensionVariantType p_type);

typedef void (*GDExtensionInterfaceObjectMethodBindCall)(GDExtensionMethodBindPtr p_method_bind, GDExtensionObjectPtr p_instance, const GDExtensionConstVariantPtr*p_args, GDExtensionInt p_arg_count, GDExtensionUninitializedVariantPtr r_ret, GDExtensionCallError*r_error);

typedef void (*GDExtensionInterfaceObjectSetInstance)(GDExtensionObjectPtr p_o, GDExtensionConstStringNamePtr p_classname, GDExtensionClassInstancePtr p_instance);

typedef uint8_t* (*GDExtensionInterfacePackedByteArrayOperatorIndex)(GDExtensionTypePtr p_self, GDExtensionInt p_index);

typedef const uint8_t* (*GDExtensionInterfacePackedByteArrayOperatorIndexConst)(GDExtensionConstTypePtr p_self, GDExtensionInt p_index);

typedef int64_t* (*GDExtensionInterfacePackedInt64ArrayOperatorIndex)(GDExtensionTypePtr p_self, GDExtensionInt p_index);

typedef GDExtensionStringPtr (*GDExtensionInterfacePackedStringArrayOperatorIndexConst)(GDExtensionConstTypePtr p_self, GDExtensionInt p_index);

typedef void (*GDExtensionInterfacePrintErrorWithMessage)(const char*p_description, const char*p_message, const char*p_function, const char*p_file, int32_t p_line, GDExtensionBool p_editor_notify);

typedef void (*GDExtensionInterfacePrintWarningWithMessage)(const char*p_description, const char*p_message, const char*p_function, const char*p_file, int32_t p_line, GDExtensionBool p_editor_notify);

typedef void (*GDExtensionInterfaceStringNameNewWithLatin1Chars)(GDExtensionUninitializedStringNamePtr r_dest, const char*p_contents, GDExtensionBool p_is_static);

typedef void (*GDExtensionInterfaceStringNewWithUtf8CharsAndLen)(GDExtensionUninitializedStringPtr r_dest, const char*p_contents, GDExtensionInt p_size);

typedef GDExtensionInt (*GDExtensionInterfaceStringToUtf8Chars)(GDExtensionConstStringPtr p_self, char*r_text, GDExtensionInt p_max_write_length);

typedef void (*GDExtensionInterfaceVariantDestroy)(GDExtensionVariantPtr p_self);

typedef GDExtensionPtrBuiltInMethod (*GDExtensionInterfaceVariantGetPtrBuiltinMethod)(GDExtensionVariantType p_type, GDExtensionConstStringNamePtr p_method, GDExtensionInt p_hash);

typedef GDExtensionPtrConstructor (*GDExtensionInterfaceVariantGetPtrConstructor)(GDExtensionVariantType p_type, int32_t p_constructor);

typedef GDExtensionPtrDestructor (*GDExtensionInterfaceVariantGetPtrDestructor)(GDExtensionVariantType p_type);

typedef GDExtensionVariantType (*GDExtensionInterfaceVariantGetType)(GDExtensionConstVariantPtr p_self);

typedef void (*GDExtensionInterfaceVariantNewCopy)(GDExtensionUninitializedVariantPtr r_dest, GDExtensionConstVariantPtr p_src);

typedef void (*GDExtensionInterfaceVariantNewNil)(GDExtensionUninitializedVariantPtr r_dest);

/* X(type, name) for each engine function that is fetched. */
#define GD_FUNCTIONS(X) \
    X(GDExtensionInterfaceArrayOperatorIndexConst, array_operator_index_const) \
    X(GDExtensionInterfaceClassdbConstructObject, classdb_construct_object) \
    X(GDExtensionInterfaceClassdbGetMethodBind, classdb_get_method_bind) \
    X(GDExtensionInterfaceClassdbRegisterExtensionClass3, classdb_register_extension_class3) \
    X(GDExtensionInterfaceClassdbRegisterExtensionClassIntegerConstant, classdb_register_extension_class_integer_constant) \
    X(GDExtensionInterfaceClassdbRegisterExtensionClassMethod, classdb_register_extension_class_method) \
    X(GDExtensionInterfaceClassdbRegisterExtensionClassSignal, classdb_register_extension_class_signal) \
    X(GDExtensionInterfaceClassdbUnregisterExtensionClass, classdb_unregister_extension_class) \
    X(GDExtensionInterfaceDictionaryOperatorIndex, dictionary_operator_index) \
    X(GDExtensionInterfaceDictionaryOperatorIndexConst, dictionary_operator_index_const) \
    X(GDExtensionInterfaceGetVariantFromTypeConstructor, get_variant_from_type_constructor) \
    X(GDExtensionInterfaceGetVariantToTypeConstructor, get_variant_to_type_constructor) \
    X(GDExtensionInterfaceObjectMethodBindCall, object_method_bind_call) \
    X(GDExtensionInterfaceObjectSetInstance, object_set_instance) \
    X(GDExtensionInterfacePackedByteArrayOperatorIndex, packed_byte_array_operator_index) \
    X(GDExtensionInterfacePackedByteArrayOperatorIndexConst, packed_byte_array_operator_index_const) \
    X(GDExtensionInterfacePackedInt64ArrayOperatorIndex, packed_int64_array_operator_index) \
    X(GDExtensionInterfacePackedStringArrayOperatorIndexConst, packed_string_array_operator_index_const) \
    X(GDExtensionInterfacePrintErrorWithMessage, print_error_with_message) \
    X(GDExtensionInterfacePrintWarningWithMessage, print_warning_with_message) \
    X(GDExtensionInterfaceStringNameNewWithLatin1Chars, string_name_new_with_latin1_chars) \
    X(GDExtensionInterfaceStringNewWithUtf8CharsAndLen, string_new_with_utf8_chars_and_len) \
    X(GDExtensionInterfaceStringToUtf8Chars, string_to_utf8_chars) \
    X(GDExtensionInterfaceVariantDestroy, variant_destroy) \
    X(GDExtensionInterfaceVariantGetPtrBuiltinMethod, variant_get_ptr_builtin_method) \
    X(GDExtensionInterfaceVariantGetPtrConstructor, variant_get_ptr_constructor) \
    X(GDExtensionInterfaceVariantGetPtrDestructor, variant_get_ptr_destructor) \
    X(GDExtensionInterfaceVariantGetType, variant_get_type) \
    X(GDExtensionInterfaceVariantNewCopy, variant_new_copy) \
    X(GDExtensionInterfaceVariantNewNil, variant_new_nil)

/* Hashes of engine methods; sizes of opaque values, 64-bit single precision. */
#define GD_HASH_PACKEDBYTEARRAY_SIZE 3173160232
#define GD_HASH_PACKEDBYTEARRAY_RESIZE 848867239
#define GD_HASH_PACKEDINT64ARRAY_RESIZE 848867239
#define GD_HASH_PACKEDSTRINGARRAY_SIZE 3173160232
#define GD_HASH_DICTIONARY_KEYS 4144163970
#define GD_HASH_ARRAY_SIZE 3173160232
#define GD_HASH_OBJECT_EMIT_SIGNAL 4047867050

#define GD_SIZE_STRINGNAME 8
#define GD_SIZE_STRING 8
#define GD_SIZE_DICTIONARY 8
#define GD_SIZE_ARRAY 8
#define GD_SIZE_PACKEDBYTEARRAY 16
#define GD_SIZE_PACKEDINT64ARRAY 16
#define GD_SIZE_PACKEDSTRINGARRAY 16
#define GD_SIZE_VARIANT 24

#endif
