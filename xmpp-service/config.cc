#include "xmpp-service/config.h"

#include <limits>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

ABSL_FLAG(std::string, listen, "127.0.0.1:7443",
          "gRPC address, host:port; port 0 takes a free one");
ABSL_FLAG(std::string, state_dir, "",
          "folder for the journal, the accounts and the admin token (required)");
ABSL_FLAG(std::string, tls_cert, "", "PEM file with the server's certificate chain");
ABSL_FLAG(std::string, tls_key, "", "PEM file with the server's key");
ABSL_FLAG(std::string, tls_client_ca, "", "PEM file: callers must show a certificate of it");
ABSL_FLAG(bool, insecure_listen, false,
          "listen beyond loopback without TLS: tokens and messages can be read on the network");
ABSL_FLAG(bool, reflection, true, "serve gRPC reflection");
ABSL_FLAG(std::string, ready_file, "", "file to write the address to once the server listens");
ABSL_FLAG(std::string, log_format, "text", "text or json");
ABSL_FLAG(std::string, xmpp_ca_file, "",
          "PEM file with authorities to trust for XMPP servers, besides the system's");
ABSL_FLAG(std::string, xmpp_route, "",
          "domain=host:port,...: connect there for these domains instead of asking DNS for SRV "
          "records; certificates are still checked against the domain");
ABSL_FLAG(std::string, xmpp_tls, "required",
          "required (StartTLS, or direct TLS where SRV records say so) or direct (XEP-0368)");
ABSL_FLAG(int, threads, 2, "event-loop threads for XMPP sessions, 1 to 64");
ABSL_FLAG(absl::Duration, login_timeout, absl::Seconds(30),
          "most time for one attempt to sign in, 1s to 10m");
ABSL_FLAG(absl::Duration, journal_retention, absl::Hours(168),
          "how long events are kept for followers that were away, at least 1m");
ABSL_FLAG(int64_t, journal_max_mb, 4096,
          "size of the journal in MiB above which the oldest events go, at least 16");
ABSL_FLAG(bool, xmpp_allow_plain, false,
          "also sign in with SASL PLAIN, over TLS, where a server has nothing better: it then sees "
          "the password");
ABSL_FLAG(int, registrations_per_minute, 6,
          "calls of GetRegistrationForm and Register that one address may make in a minute, 0 to "
          "1000; 0 forbids them");
ABSL_FLAG(int, max_accounts, 1000, "most accounts that may be logged in here, at least 1");
ABSL_FLAG(int64_t, file_max_upload_mb, 100, "largest file to send, in MiB, 1 to 10240");
ABSL_FLAG(int64_t, file_max_download_mb, 100, "largest file to fetch, in MiB, 1 to 10240");
ABSL_FLAG(bool, file_allow_http, false,
          "send and fetch files also without TLS: they can be read and changed on the network");
ABSL_FLAG(bool, file_allow_private_addresses, false,
          "send and fetch files also at addresses that are not on the public internet: callers can "
          "then reach web servers of this network, and of this machine");
ABSL_FLAG(absl::Duration, file_stall_timeout, absl::Seconds(60),
          "most time in which a file may not move by a single byte, 1s to 1h");
ABSL_FLAG(int, file_transfers_per_account, 4, "most files of one account on their way at once");
ABSL_FLAG(
    int, file_transfers, 32,
    "most files on their way at once; those to send need their size on the disk of the state");

namespace chatwire::xmpp {
namespace {

constexpr int64_t kBytesPerMib = int64_t{1} << 20;
constexpr int64_t kMaximumFileMib = 10'240;

absl::Status Bad(const char* flag, const char* what) {
  return absl::InvalidArgumentError(absl::StrCat("--", flag, " ", what));
}

absl::Status CheckFileRanges() {
  const auto bad_size = [](int64_t mib) { return mib < 1 || mib > kMaximumFileMib; };
  if (bad_size(absl::GetFlag(FLAGS_file_max_upload_mb))) {
    return Bad("file_max_upload_mb", "must be 1 to 10240");
  }
  if (bad_size(absl::GetFlag(FLAGS_file_max_download_mb))) {
    return Bad("file_max_download_mb", "must be 1 to 10240");
  }
  const absl::Duration stall = absl::GetFlag(FLAGS_file_stall_timeout);
  if (stall < absl::Seconds(1) || stall > absl::Hours(1)) {
    return Bad("file_stall_timeout", "must be 1s to 1h");
  }
  if (absl::GetFlag(FLAGS_file_transfers_per_account) < 1) {
    return Bad("file_transfers_per_account", "must be at least 1");
  }
  if (absl::GetFlag(FLAGS_file_transfers) < 1) return Bad("file_transfers", "must be at least 1");
  return absl::OkStatus();
}

FileOptions ReadFileOptions() {
  FileOptions files;
  files.rules.maximum_upload_bytes = absl::GetFlag(FLAGS_file_max_upload_mb) * kBytesPerMib;
  files.rules.maximum_download_bytes = absl::GetFlag(FLAGS_file_max_download_mb) * kBytesPerMib;
  files.rules.allow_http = absl::GetFlag(FLAGS_file_allow_http);
  files.rules.stall_timeout = absl::GetFlag(FLAGS_file_stall_timeout);
  files.http.ca_file = absl::GetFlag(FLAGS_xmpp_ca_file);
  files.http.allow_http = files.rules.allow_http;
  if (absl::GetFlag(FLAGS_file_allow_private_addresses)) {
    files.http.allows_address = [](const IpAddress&) { return true; };
  }
  files.http.stall_timeout = files.rules.stall_timeout;
  files.transfers_per_account =
      static_cast<size_t>(absl::GetFlag(FLAGS_file_transfers_per_account));
  files.transfers = static_cast<size_t>(absl::GetFlag(FLAGS_file_transfers));
  return files;
}

absl::Status CheckRanges() {
  if (absl::GetFlag(FLAGS_state_dir).empty()) return Bad("state_dir", "is required");
  const std::string tls = absl::GetFlag(FLAGS_xmpp_tls);
  if (tls != "required" && tls != "direct") return Bad("xmpp_tls", "must be required or direct");
  const int threads = absl::GetFlag(FLAGS_threads);
  if (threads < 1 || threads > 64) return Bad("threads", "must be 1 to 64");
  const absl::Duration login = absl::GetFlag(FLAGS_login_timeout);
  if (login < absl::Seconds(1) || login > absl::Minutes(10)) {
    return Bad("login_timeout", "must be 1s to 10m");
  }
  if (absl::GetFlag(FLAGS_journal_retention) < absl::Minutes(1)) {
    return Bad("journal_retention", "must be at least 1m");
  }
  if (absl::GetFlag(FLAGS_journal_max_mb) < 16) return Bad("journal_max_mb", "must be at least 16");
  const int registrations = absl::GetFlag(FLAGS_registrations_per_minute);
  if (registrations < 0 || registrations > 1000) {
    return Bad("registrations_per_minute", "must be 0 to 1000");
  }
  if (absl::GetFlag(FLAGS_max_accounts) < 1) return Bad("max_accounts", "must be at least 1");
  return CheckFileRanges();
}

}  // namespace

absl::StatusOr<std::map<std::string, Route>> ParseRoutes(const std::string& text) {
  std::map<std::string, Route> routes;
  for (const absl::string_view entry : absl::StrSplit(text, ',', absl::SkipWhitespace())) {
    const std::vector<std::string> sides = absl::StrSplit(entry, absl::MaxSplits('=', 1));
    const size_t colon = sides.size() == 2 ? sides[1].rfind(':') : std::string::npos;
    uint32_t port = 0;
    if (colon == std::string::npos || colon == 0 || sides[0].empty() ||
        !absl::SimpleAtoi(sides[1].substr(colon + 1), &port) || port == 0 ||
        port > std::numeric_limits<uint16_t>::max()) {
      return absl::InvalidArgumentError(
          absl::StrCat("--xmpp_route: \"", entry, "\" is not domain=host:port"));
    }
    const std::string domain = absl::AsciiStrToLower(absl::StripAsciiWhitespace(sides[0]));
    routes[domain] = {sides[1].substr(0, colon), static_cast<uint16_t>(port)};
  }
  return routes;
}

absl::StatusOr<Config> ReadConfig() {
  const absl::Status ranges = CheckRanges();
  if (!ranges.ok()) return ranges;
  auto routes = ParseRoutes(absl::GetFlag(FLAGS_xmpp_route));
  if (!routes.ok()) return routes.status();
  Config config;
  config.server.listen = absl::GetFlag(FLAGS_listen);
  config.server.tls_cert_file = absl::GetFlag(FLAGS_tls_cert);
  config.server.tls_key_file = absl::GetFlag(FLAGS_tls_key);
  config.server.tls_client_ca_file = absl::GetFlag(FLAGS_tls_client_ca);
  config.server.insecure_listen = absl::GetFlag(FLAGS_insecure_listen);
  config.server.reflection = absl::GetFlag(FLAGS_reflection);
  config.state_dir = absl::GetFlag(FLAGS_state_dir);
  config.ready_file = absl::GetFlag(FLAGS_ready_file);
  config.log_format = absl::GetFlag(FLAGS_log_format);
  config.session = {absl::GetFlag(FLAGS_xmpp_ca_file), *std::move(routes),
                    absl::GetFlag(FLAGS_xmpp_tls) == "direct",
                    absl::GetFlag(FLAGS_xmpp_allow_plain)};
  config.files = ReadFileOptions();
  config.registrations_per_minute = absl::GetFlag(FLAGS_registrations_per_minute);
  config.threads = static_cast<size_t>(absl::GetFlag(FLAGS_threads));
  config.login_timeout = absl::GetFlag(FLAGS_login_timeout);
  config.retention = {absl::GetFlag(FLAGS_journal_retention),
                      absl::GetFlag(FLAGS_journal_max_mb) * kBytesPerMib};
  config.max_accounts = static_cast<size_t>(absl::GetFlag(FLAGS_max_accounts));
  return config;
}

}  // namespace chatwire::xmpp
