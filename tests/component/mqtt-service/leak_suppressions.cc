// Paho 1.3.14 does not free some commands of a client that is destroyed while it is connected, and
// of a TLS handshake that failed: about 0.5 KiB each. Seen by LeakSanitizer only; our own code
// leaks nothing.
extern "C" const char* __lsan_default_suppressions() { return "leak:libpaho-mqtt3as\n"; }
