#ifndef CHATWIRE_TESTS_UNIT_CLI_DYING_SERVICE_H_
#define CHATWIRE_TESTS_UNIT_CLI_DYING_SERVICE_H_

#include <string>
#include <thread>

namespace chatwire::cli {

/// Something that speaks HTTP/2 without TLS until a request comes, and then is gone, each time.
class DyingService {
 public:
  DyingService();
  ~DyingService();

  DyingService(const DyingService&) = delete;
  DyingService& operator=(const DyingService&) = delete;

  /// `127.0.0.1:PORT`.
  const std::string& address() const { return address_; }

 private:
  void Serve() const;

  int listener_;
  std::string address_;
  std::thread thread_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_TESTS_UNIT_CLI_DYING_SERVICE_H_
