#include <iostream>

#include "clients/cli/program.h"

int main(int argc, char** argv) {
  return redress::cli::Run({argv + 1, argv + argc}, {std::cin, std::cout, std::cerr});
}
