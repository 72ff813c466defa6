#pragma once

#include <string>

namespace redress::test {

// Valid UTF-8 as GBK (GB18030 where GBK has no such character).
std::string Gbk(std::string utf8);

}  // namespace redress::test
