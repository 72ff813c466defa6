# Writes migrations.gen.h and migrations.gen.cpp of one area (see redress_migrations.cmake).
string(SUBSTRING ${AREA} 0 1 first)
string(TOUPPER ${first} first)
string(SUBSTRING ${AREA} 1 -1 rest)
set(function ${first}${rest}Migrations)

set(entries)
foreach(file ${FILES})
  get_filename_component(name ${file} NAME)
  string(REGEX MATCH "^V0*([0-9]+)__([a-z0-9_]+)\\.sql$" matched ${name})
  set(number ${CMAKE_MATCH_1})
  set(verb_noun ${CMAKE_MATCH_2})
  file(READ ${file} text)
  string(STRIP "${text}" text)
  string(APPEND entries
         "      {${number}, \"${verb_noun}\", R\"migration(${text})migration\", \"${AREA}\"},\n")
endforeach()

file(WRITE ${FOLDER}/migrations.gen.h
"// Generated from the SQL files of this folder.
#pragma once

#include <span>

#include \"services/platform/migrations/migrations.h\"

namespace redress::${AREA} {

std::span<const platform::Migration> ${function}();

}  // namespace redress::${AREA}
")
file(WRITE ${FOLDER}/migrations.gen.cpp
"// Generated from the SQL files of this folder.
#include \"services/${AREA}/migrations/migrations.gen.h\"

#include <array>

namespace redress::${AREA} {

std::span<const platform::Migration> ${function}() {
  static const auto kMigrations = std::to_array<platform::Migration>({
${entries}  });
  return kMigrations;
}

}  // namespace redress::${AREA}
")
