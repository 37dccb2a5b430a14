#include <cstdio>

int main() {
  std::puts("protoflow");
  return 0;
}
