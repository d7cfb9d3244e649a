# Compiles several sources of a target as one, which takes half the time: most of a file's cost is its headers.
#
# Sources that give the same name to different things of their own (an anonymous namespace's `kPageSize`) must not
# meet. So each source goes to the first batch in which none of its names is taken. What counts as a name is read
# generously: one too many costs a little time, and never a clash.
option(CHATWIRE_UNITY "Compile several sources as one: faster from nothing, slower after a change" OFF)
set(CHATWIRE_UNITY_SIZE 10 CACHE STRING "Sources in one batch at most")

# Sets out to the names that a source gives at the start of a line: constants, functions, types, aliases.
function(_chatwire_names_of source out)
  file(READ "${source}" text)
  set(names)
  foreach(
    pattern
    "\n(struct|class|enum|enum class) [A-Za-z0-9_]+" "\nusing [A-Za-z0-9_]+ ="
    "\n[a-z][A-Za-z0-9_:<>,&* ]*[ &*]k[A-Z][A-Za-z0-9_]*" "\n[A-Za-z][A-Za-z0-9_:<>,&* ]*[ &*>][A-Z][A-Za-z0-9_]*\\(")
    string(REGEX MATCHALL "${pattern}" matches "${text}")
    foreach(match IN LISTS matches)
      string(REGEX MATCH "([A-Za-z0-9_]+)[ =(]*$" name "${match}")
      list(APPEND names "${CMAKE_MATCH_1}")
    endforeach()
  endforeach()
  set(${out} ${names} PARENT_SCOPE)
endfunction()

# Puts sources that have no name in common into batches of the target.
function(chatwire_unity target)
  if(NOT CHATWIRE_UNITY)
    return()
  endif()
  set(last 0)
  foreach(source IN LISTS ARGN)
    if(NOT source MATCHES "\\.cc$")
      continue()
    endif()
    get_filename_component(path "${source}" ABSOLUTE)
    # Another order of sources comes with every change of a name.
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${path}")
    _chatwire_names_of("${path}" names)
    unset(place)
    foreach(batch RANGE 0 ${last})
      set(taken ${names_of_${batch}})
      list(LENGTH sources_of_${batch} size)
      set(clash NO)
      if(NOT size LESS CHATWIRE_UNITY_SIZE)
        set(clash YES)
      endif()
      foreach(name IN LISTS names)
        if(name IN_LIST taken)
          set(clash YES)
          break()
        endif()
      endforeach()
      if(NOT clash)
        set(place ${batch})
        break()
      endif()
    endforeach()
    if(NOT DEFINED place)
      math(EXPR last "${last} + 1")
      set(place ${last})
    endif()
    list(APPEND sources_of_${place} "${source}")
    list(APPEND names_of_${place} ${names})
    set_source_files_properties("${source}" PROPERTIES UNITY_GROUP "${place}")
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  # GCC takes the batch for the source, and what it includes for headers.
  target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
endfunction()
