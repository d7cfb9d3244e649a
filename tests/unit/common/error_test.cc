// Errors keep their reason on the way over the wire, whatever they carry.
#include "common/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/status/status_matchers.h"
#include "common/rpc/grpc_status.h"
#include "google/rpc/status.pb.h"

namespace chatwire {
namespace {

using ::absl_testing::IsOk;
using ::absl_testing::StatusIs;

constexpr ErrorReason kBadJid{"xmpp.chatwire", "BAD_JID"};

TEST(ErrorTest, CarriesItsReasonAndMetadata) {
  const auto error =
      MakeError(absl::StatusCode::kInvalidArgument, kBadJid, "`to` is no JID", {{"to", "x"}});
  EXPECT_THAT(error, StatusIs(absl::StatusCode::kInvalidArgument, "`to` is no JID"));
  EXPECT_EQ(ReasonOf(error), "BAD_JID");
  EXPECT_TRUE(HasReason(error, kBadJid));
  EXPECT_FALSE(HasReason(error, {"mqtt.chatwire", "BAD_JID"}));
  EXPECT_EQ(MetadataOf(error), (ErrorMetadata{{"to", "x"}}));
}

TEST(ErrorTest, AnErrorWithoutReasonHasNone) {
  EXPECT_EQ(ReasonOf(absl::InternalError("x")), "");
  EXPECT_TRUE(MetadataOf(absl::InternalError("x")).empty());
  EXPECT_EQ(ReasonOf(absl::OkStatus()), "");
}

TEST(GrpcStatusTest, GoesThereAndBack) {
  EXPECT_THAT(FromGrpcStatus(ToGrpcStatus(absl::OkStatus())), IsOk());
  const auto back = FromGrpcStatus(ToGrpcStatus(
      MakeError(absl::StatusCode::kNotFound, kBadJid, "no such thing", {{"nearest", "lamp"}})));
  EXPECT_THAT(back, StatusIs(absl::StatusCode::kNotFound, "no such thing"));
  EXPECT_TRUE(HasReason(back, kBadJid));
  EXPECT_EQ(MetadataOf(back).at("nearest"), "lamp");
}

TEST(GrpcStatusTest, EveryErrorHasExactlyOneErrorInfo) {
  const auto sent = ToGrpcStatus(absl::InternalError("x"));
  google::rpc::Status details;
  ASSERT_TRUE(details.ParseFromString(sent.error_details()));
  EXPECT_EQ(details.details_size(), 1);
  EXPECT_TRUE(HasReason(FromGrpcStatus(sent), {"chatwire", "INTERNAL"}));
}

TEST(GrpcStatusTest, ALongMessageIsCutBetweenCharacters) {
  for (int lead = 0; lead < 3; ++lead) {
    std::string text(static_cast<size_t>(lead), 'x');
    for (int i = 0; i < 3000; ++i) text += "你";
    const auto back =
        FromGrpcStatus(ToGrpcStatus(MakeError(absl::StatusCode::kNotFound, kBadJid, text)));
    EXPECT_TRUE(HasReason(back, kBadJid)) << "the detail was dropped with " << lead;
    EXPECT_LT(back.message().size(), 2000U);
    EXPECT_EQ((back.message().size() - static_cast<size_t>(lead)) % 3, 0U);
  }
}

TEST(GrpcStatusTest, MetadataIsBounded) {
  ErrorMetadata metadata;
  for (int i = 0; i < 100; ++i) metadata["key" + std::to_string(i)] = std::string(100'000, 'x');
  const auto sent = ToGrpcStatus(MakeError(absl::StatusCode::kNotFound, kBadJid, "x", metadata));
  EXPECT_LT(sent.error_details().size(), 4'000U);
  EXPECT_TRUE(HasReason(FromGrpcStatus(sent), kBadJid));
}

TEST(GrpcStatusTest, ErrorsOfOthersKeepCodeAndMessage) {
  const auto back = FromGrpcStatus({grpc::StatusCode::UNAVAILABLE, "reset", "not a proto \xff"});
  EXPECT_THAT(back, StatusIs(absl::StatusCode::kUnavailable, "reset"));
  EXPECT_EQ(ReasonOf(back), "");
}

}  // namespace
}  // namespace chatwire
