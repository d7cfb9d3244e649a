# Programs that carry their libraries in themselves: the dynamic linker's work with 90 shared libraries is most of the
# time that a short command takes.
#
# A library that has an archive is linked from it. These have one and stay shared: OpenSSL, which the system mends, and
# zlib, which OpenSSL loads anyway.
set(CHATWIRE_SHARED_LIBRARIES crypto ssl z)

# Sets out to the archive of an external library (an imported target, a path or -lNAME), else to what it is linked by.
function(_chatwire_archive_or_self library out)
  set(path "${library}")
  if(TARGET "${library}")
    get_target_property(path "${library}" LOCATION)
  elseif(library MATCHES "^-l(.+)$")
    set(path "/usr/lib/${CMAKE_LIBRARY_ARCHITECTURE}/lib${CMAKE_MATCH_1}.so")
  endif()
  set(${out} "${library}" PARENT_SCOPE)
  if(path MATCHES "^(.*/lib([^/]+))\\.so[.0-9]*$" AND NOT CMAKE_MATCH_2 IN_LIST CHATWIRE_SHARED_LIBRARIES)
    if(EXISTS "${CMAKE_MATCH_1}.a")
      set(${out} "${CMAKE_MATCH_1}.a" PARENT_SCOPE)
    endif()
  endif()
endfunction()

# Appends what has to be linked for a library, and for all below it, to the global properties CHATWIRE_CLOSURE_SEEN (the
# names), _ARCHIVES and _SHARED.
function(_chatwire_collect library)
  string(REGEX REPLACE "^\\$<LINK_ONLY:(.*)>$" "\\1" library "${library}")
  get_property(seen GLOBAL PROPERTY CHATWIRE_CLOSURE_SEEN)
  # The rest: conditions of other systems, and marks that CMake sets for itself.
  if(library IN_LIST seen OR NOT library MATCHES "^(-l|-pthread|[A-Za-z/])")
    return()
  endif()
  set_property(GLOBAL APPEND PROPERTY CHATWIRE_CLOSURE_SEEN "${library}")
  set(type)
  if(TARGET "${library}")
    get_target_property(type "${library}" TYPE)
    get_target_property(imported "${library}" IMPORTED)
    get_target_property(below "${library}" INTERFACE_LINK_LIBRARIES)
    if(below)
      foreach(one IN LISTS below)
        _chatwire_collect("${one}")
      endforeach()
    endif()
  endif()
  if(type STREQUAL STATIC_LIBRARY AND NOT imported)
    set_property(GLOBAL APPEND PROPERTY CHATWIRE_CLOSURE_ARCHIVES "$<TARGET_FILE:${library}>")
  elseif(NOT type STREQUAL INTERFACE_LIBRARY)
    _chatwire_archive_or_self("${library}" file)
    if(file MATCHES "\\.a$")
      set_property(GLOBAL APPEND PROPERTY CHATWIRE_CLOSURE_ARCHIVES "${file}")
    elseif(TARGET "${file}")
      set_property(GLOBAL APPEND PROPERTY CHATWIRE_CLOSURE_SHARED "$<TARGET_LINKER_FILE:${file}>")
    else()
      set_property(GLOBAL APPEND PROPERTY CHATWIRE_CLOSURE_SHARED "${file}")
    endif()
  endif()
endfunction()

# Links an executable with one of our libraries and all that this one needs, from archives where there are such. What the
# library needs has to be complete: to be called below all add_subdirectory() of it.
#
# Under a sanitizer it is linked as usual: code with and without instrumentation would share the inline functions.
function(chatwire_link_standalone program library)
  if(CHATWIRE_SANITIZE)
    target_link_libraries(${program} PRIVATE ${library})
    return()
  endif()
  foreach(list IN ITEMS SEEN ARCHIVES SHARED)
    set_property(GLOBAL PROPERTY CHATWIRE_CLOSURE_${list})
  endforeach()
  _chatwire_collect(${library})
  get_property(archives GLOBAL PROPERTY CHATWIRE_CLOSURE_ARCHIVES)
  get_property(shared GLOBAL PROPERTY CHATWIRE_CLOSURE_SHARED)
  list(REMOVE_DUPLICATES archives)
  list(REMOVE_DUPLICATES shared)
  target_link_libraries(${program} PRIVATE -Wl,--start-group ${archives} -Wl,--end-group ${shared})
  add_dependencies(${program} ${library})
  set_property(TARGET ${program} APPEND PROPERTY LINK_DEPENDS ${archives})
endfunction()
