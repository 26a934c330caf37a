# find_package(FastNet) gives the target FastNet::fastnet and the function fastnet_ship_runtime(TARGET), which copies the
# library and fastnet_runtime/ beside a program: without that folder the library answers FASTNET_ERROR_RUNTIME.
get_filename_component(FASTNET_ROOT "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)

if(NOT TARGET FastNet::fastnet)
  add_library(FastNet::fastnet SHARED IMPORTED)
  set_target_properties(FastNet::fastnet PROPERTIES INTERFACE_INCLUDE_DIRECTORIES
    "${FASTNET_ROOT}/include;${FASTNET_ROOT}/include/fastnet")
  if(WIN32)
    if(MSVC)
      set(FASTNET_IMPORT_LIBRARY "${FASTNET_ROOT}/lib/fastnet.lib")
    else()
      set(FASTNET_IMPORT_LIBRARY "${FASTNET_ROOT}/lib/libfastnet.dll.a")
    endif()
    set_target_properties(FastNet::fastnet PROPERTIES
      IMPORTED_LOCATION "${FASTNET_ROOT}/bin/fastnet.dll"
      IMPORTED_IMPLIB "${FASTNET_IMPORT_LIBRARY}")
    set(FASTNET_RUNTIME "${FASTNET_ROOT}/bin/fastnet_runtime")
  elseif(APPLE)
    set_target_properties(FastNet::fastnet PROPERTIES IMPORTED_LOCATION "${FASTNET_ROOT}/lib/libfastnet.dylib")
    set(FASTNET_RUNTIME "${FASTNET_ROOT}/lib/fastnet_runtime")
  else()
    set_target_properties(FastNet::fastnet PROPERTIES
      IMPORTED_LOCATION "${FASTNET_ROOT}/lib/libfastnet.so"
      IMPORTED_SONAME "libfastnet.so")
    set(FASTNET_RUNTIME "${FASTNET_ROOT}/lib/fastnet_runtime")
  endif()
endif()

function(fastnet_ship_runtime target)
  if(NOT WIN32)
    set_target_properties(${target} PROPERTIES BUILD_RPATH "$ORIGIN" INSTALL_RPATH "$ORIGIN" BUILD_WITH_INSTALL_RPATH ON)
  endif()
  add_custom_command(TARGET ${target} POST_BUILD
    COMMAND ${CMAKE_COMMAND} -E copy_if_different $<TARGET_FILE:FastNet::fastnet> $<TARGET_FILE_DIR:${target}>
    COMMAND ${CMAKE_COMMAND} -E copy_directory "${FASTNET_RUNTIME}" $<TARGET_FILE_DIR:${target}>/fastnet_runtime
    VERBATIM)
endfunction()

set(FastNet_FOUND TRUE)
