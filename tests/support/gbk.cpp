#include "tests/support/gbk.h"

#include <iconv.h>

namespace redress::test {

std::string Gbk(std::string utf8) {
  iconv_t converter = iconv_open("GB18030", "UTF-8");
  std::string out(utf8.size() * 4, '\0');
  char* from = utf8.data();
  char* to = out.data();
  std::size_t left = utf8.size();
  std::size_t room = out.size();
  iconv(converter, &from, &left, &to, &room);
  iconv_close(converter);
  out.resize(out.size() - room);
  return out;
}

}  // namespace redress::test
