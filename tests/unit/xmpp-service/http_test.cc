#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <future>
#include <memory>
#include <string>
#include <thread>

#include "common/error.h"
#include "tests/unit/xmpp-service/small_web_server.h"
#include "xmpp-service/http/curl_transfers.h"

namespace chatwire::xmpp {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::chrono::seconds kPatience(20);

/// Takes bytes as long as it has room.
class BoundedSink final : public HttpSink {
 public:
  explicit BoundedSink(size_t room) : room_(room) {}

  void OnInfo(const HttpFileInfo& info) override {
    MutexLock lock(mutex_);
    info_ = info;
  }
  bool OnBytes(absl::string_view bytes) override {
    MutexLock lock(mutex_);
    if (content_.size() + bytes.size() > room_) return false;
    absl::StrAppend(&content_, bytes);
    return true;
  }
  void SetRoom(size_t room) {
    MutexLock lock(mutex_);
    room_ = room;
  }
  HttpFileInfo info() {
    MutexLock lock(mutex_);
    return info_;
  }
  std::string content() {
    MutexLock lock(mutex_);
    return content_;
  }

 private:
  Mutex mutex_;
  size_t room_ ABSL_GUARDED_BY(mutex_);
  HttpFileInfo info_ ABSL_GUARDED_BY(mutex_);
  std::string content_ ABSL_GUARDED_BY(mutex_);
};

class HttpTest : public ::testing::Test {
 protected:
  static CurlOptions Options() {
    CurlOptions options;
    options.allow_http = true;
    options.stall_timeout = absl::Seconds(1);
    options.allows_address = [](const IpAddress& address) {
      return address == IpAddress(Ipv4Address{127, 0, 0, 1});
    };
    return options;
  }

  /// The result of a transfer that @p start begins.
  template <typename Start>
  static absl::Status Result(Start start) {
    std::promise<absl::Status> promise;
    auto future = promise.get_future();
    start(Completion<bool>([&promise](const auto& done) { promise.set_value(done.status()); }));
    if (future.wait_for(kPatience) != std::future_status::ready) std::abort();
    return future.get();
  }

  absl::Status Download(const std::string& url, int64_t maximum = 1 << 20) {
    return Result([&](Completion<bool> done) {
      transfers_.Download({url, maximum, sink_}, std::move(done));
    });
  }

  absl::Status Upload(const std::string& url, const std::string& content,
                      std::vector<std::pair<std::string, std::string>> headers = {}) {
    HttpUpload upload{url,
                      "image/png",
                      std::move(headers),
                      static_cast<int64_t>(content.size()),
                      [content, offset = size_t{0}](char* to, size_t size) mutable {
                        const size_t got = std::min(size, content.size() - offset);
                        content.copy(to, got, offset);
                        offset += got;
                        return got;
                      },
                      [this](int64_t sent) { reported_ = sent; }};
    return Result(
        [&](Completion<bool> done) { transfers_.Upload(std::move(upload), std::move(done)); });
  }

  std::shared_ptr<BoundedSink> sink_ = std::make_shared<BoundedSink>(size_t{1} << 30);
  std::atomic<int64_t> reported_{0};
  CurlTransfers transfers_{Options()};
};

TEST_F(HttpTest, DownloadGivesWhatIsKnownAndTheBytes) {
  SmallWebServer server(
      [](const auto&) { return SmallWebServer::Ok("hello", "Content-Type: image/png\r\n"); });
  EXPECT_EQ(Download(server.Url("/a.png")), absl::OkStatus());
  EXPECT_EQ(sink_->content(), "hello");
  EXPECT_EQ(sink_->info().media_type, "image/png");
  EXPECT_EQ(sink_->info().size_bytes, 5);
}

TEST_F(HttpTest, DownloadOfAnEmptyFileIsAFile) {
  SmallWebServer server([](const auto&) { return SmallWebServer::Ok(""); });
  EXPECT_EQ(Download(server.Url("/")), absl::OkStatus());
}

TEST_F(HttpTest, UploadPutsTheBytesWithTheHeadersOfTheSlot) {
  SmallWebServer server(
      [](const auto&) { return "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"; });
  const std::string content(300'000, 'x');
  EXPECT_EQ(Upload(server.Url("/a"), content, {{"Authorization", "Basic abc"}}), absl::OkStatus());
  EXPECT_THAT(server.last().head, ::testing::StartsWith("PUT /a HTTP/1.1\r\n"));
  EXPECT_THAT(server.last().head, HasSubstr("Authorization: Basic abc"));
  EXPECT_THAT(server.last().head, HasSubstr("Content-Type: image/png"));
  EXPECT_THAT(server.last().head, HasSubstr("Content-Length: 300000"));
  EXPECT_EQ(server.last().body, content);
  EXPECT_EQ(reported_, 300'000);
}

TEST_F(HttpTest, UploadFollowsNoRedirect) {
  SmallWebServer server([](const auto&) {
    return "HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n";
  });
  EXPECT_EQ(ReasonOf(Upload(server.Url("/a"), "x")), "HTTP_REFUSED");
}

TEST_F(HttpTest, RedirectToAnAddressThatIsNotAllowedIsRefused) {
  // Given a server at an allowed address that redirects to one that is not
  SmallWebServer server([&server](const auto& request) -> std::string {
    if (!absl::StartsWith(request.head, "GET /a ")) return SmallWebServer::Ok("secret");
    return absl::StrCat("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://127.0.0.2:",
                        server.port(), "/b\r\n\r\n");
  });
  // Then the address is refused, not the name
  EXPECT_EQ(ReasonOf(Download(server.Url("/a"))), "ADDRESS_NOT_ALLOWED");
  EXPECT_EQ(sink_->content(), "");
  // And a redirect to an allowed one is followed
  EXPECT_EQ(Download(server.Url("/b")), absl::OkStatus());
}

TEST_F(HttpTest, AddressesAreCheckedInEveryForm) {
  SmallWebServer server([](const auto&) { return SmallWebServer::Ok("secret"); });
  for (const char* host :
       {"127.0.0.2", "0x7f000002", "2130706434", "[::1]", "[::ffff:127.0.0.2]"}) {
    const std::string url = absl::StrCat("http://", host, ":", server.port(), "/");
    EXPECT_EQ(ReasonOf(Download(url)), "ADDRESS_NOT_ALLOWED") << host;
  }
}

TEST_F(HttpTest, AProxyOfTheEnvironmentIsNotUsed) {
  SmallWebServer proxy([](const auto&) { return SmallWebServer::Ok("from the proxy"); });
  setenv("http_proxy", proxy.Url("").c_str(), 1);
  EXPECT_EQ(ReasonOf(Download("http://127.0.0.2:1/")), "ADDRESS_NOT_ALLOWED");
  unsetenv("http_proxy");
  EXPECT_EQ(proxy.last().head, "");
}

TEST_F(HttpTest, ASinkWithoutRoomMakesTheServerWait) {
  const std::string content(32 << 20, 'x');
  SmallWebServer server([&content](const auto&) { return SmallWebServer::Ok(content); });
  sink_->SetRoom(100'000);
  std::atomic<HttpTransfers::Id> id{0};
  std::thread drain([&] {
    // What the sockets of both sides hold is all that the server gets rid of.
    while (sink_->content().size() < 50'000) std::this_thread::yield();
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(1500);
    while (std::chrono::steady_clock::now() < until) std::this_thread::yield();
    EXPECT_LT(server.sent(), content.size() / 2);
    sink_->SetRoom(content.size());
    transfers_.Resume(id);
  });
  // The stall timeout is shorter than the pause: a transfer that waits for us has not stalled.
  const absl::Status status = Result([&](Completion<bool> done) {
    id = transfers_.Download({server.Url("/"), 64 << 20, sink_}, std::move(done));
  });
  drain.join();
  EXPECT_EQ(status, absl::OkStatus());
  EXPECT_EQ(sink_->content().size(), content.size());
}

TEST_F(HttpTest, SizeIsBoundedWhateverTheServerSays) {
  SmallWebServer honest([](const auto&) { return SmallWebServer::Ok(std::string(2000, 'x')); });
  EXPECT_EQ(ReasonOf(Download(honest.Url("/"), 1999)), "FILE_TOO_LARGE");
  EXPECT_EQ(sink_->content(), "");
  SmallWebServer silent(
      [](const auto&) { return "HTTP/1.1 200 OK\r\n\r\n" + std::string(2000, 'x'); });
  EXPECT_EQ(ReasonOf(Download(silent.Url("/"), 1999)), "FILE_TOO_LARGE");
  EXPECT_LE(sink_->content().size(), 1999u);
}

TEST_F(HttpTest, FailuresAreToldApart) {
  SmallWebServer server([](const auto& request) -> std::string {
    if (absl::StartsWith(request.head, "GET /404"))
      return "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n";
    if (absl::StartsWith(request.head, "GET /304")) return "HTTP/1.1 304 No\r\n\r\n";
    if (absl::StartsWith(request.head, "GET /cut"))
      return "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx";
    if (absl::StartsWith(request.head, "GET /file"))
      return "HTTP/1.1 302 F\r\nLocation: file:///etc/passwd\r\n\r\n";
    return "nonsense";
  });
  EXPECT_EQ(ReasonOf(Download(server.Url("/404"))), "HTTP_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Download(server.Url("/304"))), "HTTP_REFUSED");
  EXPECT_EQ(ReasonOf(Download(server.Url("/cut"))), "HTTP_BROKEN");
  EXPECT_EQ(ReasonOf(Download(server.Url("/file"))), "URL_NOT_ALLOWED");
  EXPECT_EQ(ReasonOf(Download(server.Url("/x"))), "HTTP_BROKEN");
  EXPECT_EQ(ReasonOf(Download("http://127.0.0.1:1/")), "HTTP_UNREACHABLE");
  EXPECT_EQ(ReasonOf(Download("http://no-such-host.invalid/")), "HTTP_UNREACHABLE");
}

TEST_F(HttpTest, CancelEndsATransferAtOnce) {
  std::promise<void> asked;
  std::promise<void> release;
  SmallWebServer server([&](const auto&) {
    asked.set_value();
    release.get_future().wait();
    return std::string();
  });
  std::thread cancel([&] {
    asked.get_future().wait();
    transfers_.Cancel(1);
  });
  EXPECT_TRUE(absl::IsCancelled(Download(server.Url("/"))));
  cancel.join();
  release.set_value();
}

TEST_F(HttpTest, StopEndsWhatRunsAndWhatComes) {
  std::promise<void> asked;
  std::promise<void> release;
  SmallWebServer server([&](const auto&) {
    asked.set_value();
    release.get_future().wait();
    return std::string();
  });
  std::thread stop([&] {
    asked.get_future().wait();
    transfers_.Stop();
  });
  EXPECT_EQ(ReasonOf(Download(server.Url("/"))), "SHUTTING_DOWN");
  stop.join();
  release.set_value();
  EXPECT_TRUE(absl::IsUnavailable(Download(server.Url("/"))));
}

}  // namespace
}  // namespace chatwire::xmpp
