// Loaded before all other libraries: every flush to disk takes a millisecond longer, as on a disk
// whose cache is not backed by a battery.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

typedef int Flush(int);

static int FlushSlowly(Flush* flush, int file) {
  const struct timespec pause = {0, 1000000};
  nanosleep(&pause, NULL);
  return flush(file);
}

int fsync(int file) {
  static Flush* real;
  if (!real) real = (Flush*)dlsym(RTLD_NEXT, "fsync");
  return FlushSlowly(real, file);
}

int fdatasync(int file) {
  static Flush* real;
  if (!real) real = (Flush*)dlsym(RTLD_NEXT, "fdatasync");
  return FlushSlowly(real, file);
}
