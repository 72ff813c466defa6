# redress_migrations(target area V001__create_cases.sql …)
# A library that embeds the area's numbered SQL files and offers <Area>Migrations(), declared in
# "services/<area>/migrations/migrations.gen.h". Files are named relative to the calling folder; the
# texts are embedded at build time, so an edited file rebuilds one source.
function(redress_migration_sources area header_variable source_variable)
  set(folder ${CMAKE_BINARY_DIR}/generated/services/${area}/migrations)
  set(embed ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/embed_migrations.cmake)
  set(files)
  foreach(file ${ARGN})
    if(NOT file MATCHES "^V[0-9][0-9][0-9]__[a-z0-9_]+\\.sql$")
      message(FATAL_ERROR "${file}: name migrations V001__verb_noun.sql")
    endif()
    list(APPEND files ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  endforeach()
  add_custom_command(
    OUTPUT ${folder}/migrations.gen.h ${folder}/migrations.gen.cpp
    COMMAND ${CMAKE_COMMAND} -DAREA=${area} -DFOLDER=${folder} "-DFILES=${files}"
            -P ${embed}
    DEPENDS ${files} ${embed}
    VERBATIM)
  add_custom_target(generated_${area}_migrations DEPENDS ${folder}/migrations.gen.h)
  add_dependencies(generated_sources generated_${area}_migrations)
  set(${header_variable} ${folder}/migrations.gen.h PARENT_SCOPE)
  set(${source_variable} ${folder}/migrations.gen.cpp PARENT_SCOPE)
endfunction()

function(redress_migrations target area)
  redress_migration_sources(${area} header source ${ARGN})
  add_library(${target} STATIC ${source} ${header})
  target_include_directories(${target} PUBLIC ${CMAKE_BINARY_DIR}/generated)
  target_link_libraries(${target} PUBLIC platform_migrations PRIVATE redress_build_options)
endfunction()
