#ifndef CHATWIRE_TESTS_UNIT_COMMON_TEST_CERTIFICATES_H_
#define CHATWIRE_TESTS_UNIT_COMMON_TEST_CERTIFICATES_H_

#include <string>

#include "tests/unit/common/temporary_directory.h"

namespace chatwire {

/// An authority and certificates of it, made with the program openssl when the test runs: none can
/// expire.
class TestCertificates {
 public:
  TestCertificates();

  /// Makes `NAME.pem` and `NAME.key` for the host names localhost and 127.0.0.1.
  void Issue(const std::string& name) const;

  std::string Authority() const { return directory_.Path("ca.pem"); }
  std::string Certificate(const std::string& name) const { return directory_.Path(name + ".pem"); }
  std::string Key(const std::string& name) const { return directory_.Path(name + ".key"); }
  std::string Path(const std::string& name) const { return directory_.Path(name); }

 private:
  TemporaryDirectory directory_;
};

}  // namespace chatwire

#endif  // CHATWIRE_TESTS_UNIT_COMMON_TEST_CERTIFICATES_H_
