#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "common/error.h"
#include "common/sha256.h"
#include "common/uuid.h"
#include "tests/component/xmpp-service/file_fakes.h"
#include "tests/component/xmpp-service/service_fixture.h"
#include "xmpp-service/journal/sqlite_sent_file_log.h"
#include "xmpp-service/rpc/file_service.h"
#include "xmpp-service/spool/unlinked_spool.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

/// FileService on a server of its own, with the accounts and the journal of the fixture.
class FileTest : public ServiceFixture {
 protected:
  FileTest() {
    SessionPorts ports;
    ports.upload = &uploads_;
    xmpp_.SetPorts(ports);
    FileRules rules;
    rules.maximum_upload_bytes = 500'000;
    rules.maximum_download_bytes = int64_t{1} << 30;
    log_ = std::make_unique<SqliteSentFileLog>(*journal_.writer, journal_.clock);
    service_ = std::make_unique<FileService>(
        Services(), FileContext{*accounts_, *sender_, *room_sender_, *log_, web_, spool_, limit_,
                                executor_, rules});
    ServerOptions options;
    options.listen = "127.0.0.1:0";
    file_server_ = *StartServer(options, {service_.get()});
    stub_ = v1::FileService::NewStub(*MakeChannel({file_server_->address(), ""}));
    token_ = Login();
  }

  ~FileTest() override {
    service_->Shutdown();
    file_server_->Shutdown(absl::Seconds(1));
    executor_.Stop();
    file_server_.reset();
  }

  /// One call of SendFile.
  struct Call {
    std::unique_ptr<grpc::ClientContext> context;
    std::unique_ptr<grpc::ClientReaderWriter<v1::SendFileRequest, v1::SendFileResponse>> stream;
    v1::SendFileResponse last;
    bool closed = false;

    void Send(const v1::SendFileMetadata& metadata) {
      v1::SendFileRequest request;
      *request.mutable_metadata() = metadata;
      stream->Write(request);
    }
    void Send(const std::string& chunk) {
      v1::SendFileRequest request;
      request.set_chunk(chunk);
      stream->Write(request);
    }
    void Close() {
      if (!std::exchange(closed, true)) stream->WritesDone();
    }
    absl::Status Finish() {
      Close();
      v1::SendFileResponse response;
      while (stream->Read(&response)) last = response;
      return FromGrpcStatus(stream->Finish());
    }
  };

  Call Begin(const std::string& token) {
    Call call;
    call.context = Context(token);
    call.stream = stub_->SendFile(call.context.get());
    return call;
  }

  static v1::SendFileMetadata Metadata(const std::string& content) {
    v1::SendFileMetadata metadata;
    metadata.set_to(kAlice);
    metadata.set_file_name("cat.png");
    metadata.set_size_bytes(static_cast<int64_t>(content.size()));
    metadata.set_request_id(RandomUuid());
    return metadata;
  }

  absl::StatusOr<v1::SentFile> SendFile(const v1::SendFileMetadata& metadata,
                                        const std::string& content) {
    Call call = Begin(token_);
    call.Send(metadata);
    for (size_t i = 0; i < content.size(); i += 70'000) call.Send(content.substr(i, 70'000));
    const absl::Status status = call.Finish();
    if (!status.ok()) return status;
    EXPECT_EQ(call.last.stage(), v1::SEND_FILE_STAGE_ACCEPTED);
    return call.last.file();
  }

  /// To a room instead.
  static v1::SendFileMetadata ToRoom(const std::string& room, const std::string& content) {
    auto metadata = Metadata(content);
    metadata.clear_to();
    metadata.set_room(room);
    return metadata;
  }

  std::string ReasonOfSend(const v1::SendFileMetadata& metadata, const std::string& content) {
    return ReasonOf(SendFile(metadata, content).status());
  }

  std::string ReasonOfDownload(const std::string& token, const v1::DownloadFileRequest& request) {
    const auto context = Context(token);
    const auto stream = stub_->DownloadFile(context.get(), request);
    v1::DownloadFileResponse response;
    while (stream->Read(&response)) {
    }
    return ReasonOf(FromGrpcStatus(stream->Finish()));
  }

  static v1::DownloadFileRequest Url(const std::string& url) {
    v1::DownloadFileRequest request;
    request.set_url(url);
    return request;
  }

  const std::string content_ = std::string(200'000, 'a') + "z";
  FakeUploads uploads_;
  FakeWeb web_;
  UnlinkedSpool spool_{journal_.directory.Path("")};
  TransferLimit limit_{2, 8};
  WorkerThread executor_;
  std::unique_ptr<SqliteSentFileLog> log_;
  std::unique_ptr<FileService> service_;
  std::unique_ptr<RpcServer> file_server_;
  std::unique_ptr<v1::FileService::Stub> stub_;
  std::string token_;
};

TEST_F(FileTest, AFileIsUploadedAndItsUrlSentOnce) {
  const v1::SendFileMetadata metadata = Metadata(content_);
  const auto first = SendFile(metadata, content_);
  const auto second = SendFile(metadata, content_);

  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_FALSE(first->replayed());
  EXPECT_TRUE(second->replayed());
  EXPECT_EQ(second->message_id(), first->message_id());
  EXPECT_EQ(first->url(), "https://example.org/get/1/cat.png");
  EXPECT_THAT(web_.uploads(), ElementsAre(Pair("https://example.org/put/1/cat.png", content_)));
  EXPECT_TRUE(Eventually([this] { return xmpp_.Sent(kBot).size() == 1; }));
  EXPECT_THAT(xmpp_.Sent(kBot), ElementsAre(first->url()));
}

TEST_F(FileTest, AFailedUploadSendsNothingAndMayBeRetried) {
  const v1::SendFileMetadata metadata = Metadata(content_);
  web_.SetUploadResult(
      MakeError(absl::StatusCode::kUnavailable, {"xmpp.chatwire", "HTTP_BROKEN"}, "x"));
  EXPECT_EQ(ReasonOfSend(metadata, content_), "HTTP_BROKEN");
  EXPECT_THAT(xmpp_.Sent(kBot), IsEmpty());

  web_.SetUploadResult(absl::OkStatus());
  const auto retried = SendFile(metadata, content_);

  ASSERT_TRUE(retried.ok()) << retried.status();
  EXPECT_FALSE(retried->replayed());
  EXPECT_THAT(web_.uploads(), SizeIs(2));
}

TEST_F(FileTest, ARequestIdWithAnotherFileIsRefused) {
  v1::SendFileMetadata metadata = Metadata(content_);
  ASSERT_TRUE(SendFile(metadata, content_).ok());
  metadata.set_caption("other");
  EXPECT_EQ(ReasonOfSend(metadata, content_), "REQUEST_ID_REUSED");
  metadata.clear_caption();
  metadata.set_sha256(std::string(Sha256::kSize, 'x'));
  EXPECT_EQ(ReasonOfSend(metadata, content_), "REQUEST_ID_REUSED");
}

TEST_F(FileTest, BadInputIsRefusedBeforeAnythingIsUploaded) {
  v1::SendFileMetadata metadata = Metadata(content_);
  metadata.set_to("a b");
  EXPECT_EQ(ReasonOfSend(metadata, content_), "BAD_JID");
  metadata = Metadata(std::string(500'001, 'x'));
  EXPECT_EQ(ReasonOfSend(metadata, ""), "FILE_TOO_LARGE");
  metadata = Metadata(content_);
  metadata.set_sha256(std::string(Sha256::kSize, 'x'));
  EXPECT_EQ(ReasonOfSend(metadata, content_), "HASH_MISMATCH");
  EXPECT_EQ(ReasonOfSend(Metadata(content_), content_ + "more"), "SIZE_MISMATCH");
  EXPECT_EQ(ReasonOfSend(Metadata(content_), content_.substr(1)), "SIZE_MISMATCH");
  EXPECT_THAT(web_.uploads(), IsEmpty());
  EXPECT_THAT(xmpp_.Sent(kBot), IsEmpty());
}

TEST_F(FileTest, TheStreamHasItsOrder) {
  Call nothing = Begin(token_);
  EXPECT_EQ(ReasonOf(nothing.Finish()), "BAD_STREAM");
  Call chunk_first = Begin(token_);
  chunk_first.Send("abc");
  EXPECT_EQ(ReasonOf(chunk_first.Finish()), "BAD_STREAM");
  Call metadata_twice = Begin(token_);
  metadata_twice.Send(Metadata(content_));
  metadata_twice.Send(Metadata(content_));
  EXPECT_EQ(ReasonOf(metadata_twice.Finish()), "BAD_STREAM");
  Call empty_chunk = Begin(token_);
  empty_chunk.Send(Metadata(content_));
  empty_chunk.Send("");
  EXPECT_EQ(ReasonOf(empty_chunk.Finish()), "BAD_CHUNK");
}

TEST_F(FileTest, OnlyWhoMayIsServed) {
  EXPECT_EQ(ReasonOf(Begin("").Finish()), "TOKEN_MISSING");
  EXPECT_EQ(ReasonOfDownload("", Url("https://example.org/")), "TOKEN_MISSING");
  const std::string watcher = *tokens_->Mint({"watcher", {"watch"}, {kBot}});
  EXPECT_EQ(ReasonOf(Begin(watcher).Finish()), "SCOPE_MISSING");
  EXPECT_EQ(ReasonOfDownload(watcher, Url("https://example.org/")), "SCOPE_MISSING");
  v1::SendFileMetadata metadata = Metadata(content_);
  metadata.set_account(kAlice);
  EXPECT_EQ(ReasonOfSend(metadata, content_), "ACCOUNT_NOT_ALLOWED");
}

TEST_F(FileTest, AnOfflineAccountIsSaidSo) {
  xmpp_.SetFailure(ConnectionFailure{FailureReason::kServerUnreachable, "gone", false});
  xmpp_.Break(kBot, {FailureReason::kServerUnreachable, "gone", false});
  ASSERT_TRUE(Eventually([this] { return !xmpp_.IsOnline(kBot); }));
  EXPECT_EQ(ReasonOfSend(Metadata(content_), content_), "SESSION_OFFLINE");
}

TEST_F(FileTest, ACancelledCallEndsItsUploadAndSendsNothing) {
  web_.SetUploadResult(absl::CancelledError());
  Call call = Begin(token_);
  call.Send(Metadata(content_));
  call.Send(content_);
  call.Close();
  ASSERT_TRUE(Eventually([this] { return web_.uploads().size() == 1; }));
  call.context->TryCancel();
  EXPECT_TRUE(Eventually([this] { return web_.cancelled() == 1; }));
  EXPECT_TRUE(absl::IsCancelled(call.Finish()));
  EXPECT_THAT(xmpp_.Sent(kBot), IsEmpty());
  // Its place is free again.
  EXPECT_TRUE(Eventually([this] {
    auto one = limit_.Enter(kBot);
    return one.ok() && limit_.Enter(kBot).ok();
  }));
}

TEST_F(FileTest, ShutdownEndsEveryStream) {
  Call call = Begin(token_);
  call.Send(Metadata(content_));
  v1::SendFileResponse ready;
  ASSERT_TRUE(call.stream->Read(&ready));
  service_->Shutdown();
  EXPECT_EQ(ReasonOf(call.Finish()), "SHUTTING_DOWN");
  EXPECT_EQ(ReasonOf(Begin(token_).Finish()), "SHUTTING_DOWN");
  EXPECT_EQ(ReasonOfDownload(token_, Url("https://example.org/")), "SHUTTING_DOWN");
}

TEST_F(FileTest, ADownloadComesWithItsNameAndHash) {
  web_.SetContent(content_);
  const auto context = Context(token_);
  const auto stream = stub_->DownloadFile(context.get(), Url("https://example.org/a/cat%20.png"));
  v1::DownloadFileResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.info().file_name(), "cat .png");
  EXPECT_EQ(response.info().total_bytes(), static_cast<int64_t>(content_.size()));
  std::string content;
  while (stream->Read(&response) && response.has_chunk()) content += response.chunk();
  EXPECT_EQ(content, content_);
  Sha256 hash;
  hash.Update(content_);
  EXPECT_EQ(response.summary().sha256(), hash.Finish());
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(FileTest, ASlowReaderHoldsTheWebServerBack) {
  web_.SetContent(std::string(64 << 20, 'x'));
  const auto context = Context(token_);
  const auto stream = stub_->DownloadFile(context.get(), Url("https://example.org/big"));
  v1::DownloadFileResponse response;
  ASSERT_TRUE(stream->Read(&response));
  // What gRPC keeps for a stream, and our two chunks.
  size_t before = 0;
  ASSERT_TRUE(Eventually(
      [&] { return std::exchange(before, web_.taken()) == web_.taken() && before > 0; }));
  EXPECT_LT(web_.taken(), size_t{16} << 20);
  size_t size = 0;
  while (stream->Read(&response)) size += response.chunk().size();
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(size, size_t{64} << 20);
}

TEST_F(FileTest, ABadDownloadIsRefused) {
  EXPECT_EQ(ReasonOfDownload(token_, Url("cat.png")), "BAD_URL");
  EXPECT_EQ(ReasonOfDownload(token_, Url("http://example.org/")), "URL_NOT_ALLOWED");
  auto request = Url("https://example.org/");
  request.set_maximum_bytes(-1);
  EXPECT_EQ(ReasonOfDownload(token_, request), "BAD_FILE_SIZE");
}

TEST_F(FileTest, UploadLimitsAreTheSmallerOnes) {
  v1::GetUploadLimitsResponse response;
  ASSERT_TRUE(
      stub_->GetUploadLimits(Context(token_).get(), v1::GetUploadLimitsRequest(), &response).ok());
  EXPECT_EQ(response.service(), "upload.example.org");
  EXPECT_EQ(response.maximum_bytes(), 500'000);
  EXPECT_EQ(response.server_maximum_bytes(), 1'000'000);
}

TEST_F(FileTest, AFileForARoomIsTakenOnlyWhereTheAccountIsToBeInIt) {
  EXPECT_EQ(ReasonOfSend(ToRoom("not a room", content_), content_), "BAD_ROOM");
  EXPECT_EQ(ReasonOfSend(ToRoom("coven@chat.example.org", content_), content_), "NOT_IN_ROOM");
  auto both = ToRoom("coven@chat.example.org", content_);
  both.set_to(kAlice);
  EXPECT_EQ(ReasonOfSend(both, content_), "BAD_JID");
  auto neither = Metadata(content_);
  neither.clear_to();
  EXPECT_EQ(ReasonOfSend(neither, content_), "BAD_JID");
}

}  // namespace
}  // namespace chatwire::xmpp
