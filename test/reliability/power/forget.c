/*
 * A write layer that can forget: preloaded into PostgreSQL, it notes what each write to a file below FORGET_ROOT has overwritten, and each
 * fsync, in the order in which they happen. From these notes a test puts every file back to what it was at its last fsync, which is what
 * a disk may show after a power cut. Names (create, rename, unlink) are taken to be durable at once.
 *
 * A note: type (1 byte: w, s), length of the path (4), offset (8), size of the file before (8), bytes overwritten (4); path; those bytes.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static int notes(void) {
  static int fd = -1;
  if (fd < 0) fd = open(getenv("FORGET_LOG"), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
  return fd;
}

/* The path of a file below the root, or 0. */
static int path_of(int fd, char *path, size_t size) {
  char link[40];
  const char *root = getenv("FORGET_ROOT");
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, size - 1);
  if (!root || n <= 0) return 0;
  path[n] = 0;
  return strncmp(path, root, strlen(root)) == 0;
}

static void note(char type, const char *path, int64_t offset, int64_t size, const char *old, uint32_t len) {
  char head[25];
  uint32_t named = strlen(path);
  head[0] = type;
  memcpy(head + 1, &named, 4);
  memcpy(head + 5, &offset, 8);
  memcpy(head + 13, &size, 8);
  memcpy(head + 21, &len, 4);
  struct iovec parts[3] = {{head, 25}, {(void *)path, named}, {(void *)old, len}};
  if (syscall(SYS_writev, notes(), parts, 3) != (long)(25 + named + len)) abort();
}

/* What lies where something will be written (or cut off). */
static void before(int fd, int64_t offset, size_t len) {
  char path[4096];
  if (!path_of(fd, path, sizeof path)) return;
  struct stat now;
  if (fstat(fd, &now) != 0) abort();
  char *old = malloc(len + 1);
  int reader = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t had = reader < 0 ? 0 : pread(reader, old, len, offset);
  if (reader >= 0) close(reader);
  note('w', path, offset, now.st_size, old, had > 0 ? had : 0);
  free(old);
}

static int64_t place(int fd) {
  struct stat now;
  if ((fcntl(fd, F_GETFL) & O_APPEND) && fstat(fd, &now) == 0) return now.st_size;
  return lseek(fd, 0, SEEK_CUR);
}

ssize_t write(int fd, const void *bytes, size_t len) {
  char path[4096];
  if (path_of(fd, path, sizeof path)) before(fd, place(fd), len);
  return syscall(SYS_write, fd, bytes, len);
}

ssize_t pwrite64(int fd, const void *bytes, size_t len, off64_t offset) {
  before(fd, offset, len);
  return syscall(SYS_pwrite64, fd, bytes, len, offset);
}
ssize_t pwrite(int fd, const void *bytes, size_t len, off_t offset) { return pwrite64(fd, bytes, len, offset); }

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) {
  size_t len = 0;
  for (int i = 0; i < count; i++) len += parts[i].iov_len;
  before(fd, offset, len);
  return syscall(SYS_pwritev, fd, parts, count, offset, 0);
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) { return pwritev64(fd, parts, count, offset); }

int ftruncate64(int fd, off64_t length) {
  struct stat now;
  if (fstat(fd, &now) == 0) before(fd, length, now.st_size > length ? now.st_size - length : 0);
  return syscall(SYS_ftruncate, fd, length);
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

int posix_fallocate64(int fd, off64_t offset, off64_t len) {
  before(fd, offset, 0);
  int (*real)(int, off64_t, off64_t) = dlsym(RTLD_NEXT, "posix_fallocate64");
  return real(fd, offset, len);
}
int posix_fallocate(int fd, off_t offset, off_t len) { return posix_fallocate64(fd, offset, len); }

/* Noted before it is done: it covers what was written until then, and nobody can be told of it before it has ended. */
static void syncing(int fd) {
  char path[4096];
  if (path_of(fd, path, sizeof path)) note('s', path, 0, 0, "", 0);
}
int fsync(int fd) {
  syncing(fd);
  return syscall(SYS_fsync, fd);
}
int fdatasync(int fd) {
  syncing(fd);
  return syscall(SYS_fdatasync, fd);
}
