// Compiled as every test is, for the sake of the headers that it precompiles for them.
int main() { return 0; }
