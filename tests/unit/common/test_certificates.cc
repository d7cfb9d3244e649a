#include "tests/unit/common/test_certificates.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "absl/strings/str_cat.h"

namespace chatwire {
namespace {

void Run(const std::string& arguments) {
  const std::string command = absl::StrCat("openssl ", arguments, " 2>/dev/null");
  EXPECT_EQ(std::system(command.c_str()), 0) << command;
}

constexpr char kNewKey[] = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc";

}  // namespace

TestCertificates::TestCertificates() {
  Run(absl::StrCat("req -x509 ", kNewKey, " -days 2 -subj '/CN=test authority' -keyout ",
                   directory_.Path("ca.key"), " -out ", Authority()));
}

void TestCertificates::Issue(const std::string& name) const {
  Run(absl::StrCat("req -x509 ", kNewKey, " -days 2 -subj /CN=", name,
                   " -addext subjectAltName=DNS:localhost,IP:127.0.0.1",
                   " -addext basicConstraints=critical,CA:FALSE -CA ", Authority(), " -CAkey ",
                   directory_.Path("ca.key"), " -keyout ", Key(name), " -out ", Certificate(name)));
}

}  // namespace chatwire
