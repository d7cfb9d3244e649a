// Whatever is asked of a server that never answers ends: with NO_ANSWER, or when the session goes.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>

#include "common/error.h"
#include "tests/unit/xmpp-service/room_admin_fixture.h"

namespace chatwire::xmpp {
namespace {

class SilentServerTest : public RoomAdminFixture {
 protected:
  /// Every question that a session can ask of others, with what it was answered.
  void AskEverything() {
    const auto ask = [this]<typename T>(const char* what, T) {
      auto [done, result] = Remember<T>();
      open_[what] = [result = result] { return result->has_value() ? (*result)->status() : kOpen; };
      return std::move(done);
    };
    admin().Exists(kCoven, ask("exists", true));
    admin().GetConfiguration(kCoven, ask("get configuration", DataForm()));
    admin().SetConfiguration(kCoven, DataForm(), ask("set configuration", true));
    admin().Destroy(kCoven, "", "", ask("destroy", true));
    admin().SetRole(kCoven, "pistol", RoomRole::kNone, "", ask("set role", true));
    admin().ListAffiliates(kCoven, RoomAffiliation::kMember,
                           ask("list affiliates", std::vector<RoomAffiliate>()));
    admin().SetAffiliation(kCoven, {"a@b", RoomAffiliation::kMember, "", ""},
                           ask("set affiliation", true));
    admin().RegisterNick(kCoven, "pistol", ask("register nick", std::string()));
    requests().SetSubject(kCoven, "", ask("set subject", true));
    requests().Invite({kCoven, "a@b", false, "", "", false, ""}, ask("invite", true));
    requests().Invite({kCoven, "a@b", true, "", "", false, ""}, ask("invite directly", true));
    requests().RequestVoice(kCoven, ask("request voice", true));
    requests().AnswerVoiceRequest(kCoven, "a@b/c", "c", true, ask("answer voice request", true));
    moderation().Moderate(kCoven, "id", "", ask("moderate", true));
    session_->Ping(ask("ping", true));
    session_->QueryArchive({}, ask("archive", ArchivePage()));
  }

  bool AllEnded() const {
    return std::all_of(open_.begin(), open_.end(),
                       [](const auto& question) { return question.second() != kOpen; });
  }

  inline static const absl::Status kOpen = absl::InternalError("still open");
  std::map<std::string, std::function<absl::Status()>> open_;
};

TEST_F(SilentServerTest, EveryQuestionEndsInTime) {
  settings_.request_timeout = std::chrono::milliseconds(200);
  ASSERT_TRUE(LogIn());
  Enter();
  testing::RunUntilQuiet();
  server_.GoDeaf();

  AskEverything();

  ASSERT_TRUE(testing::WaitUntil([this] { return AllEnded(); }));
  for (const auto& [what, status] : open_) {
    EXPECT_EQ(status().code(), absl::StatusCode::kDeadlineExceeded) << what;
  }
}

TEST_F(SilentServerTest, EveryQuestionEndsWithTheSession) {
  settings_.request_timeout = std::chrono::minutes(10);
  ASSERT_TRUE(LogIn());
  Enter();
  testing::RunUntilQuiet();
  server_.GoDeaf();

  AskEverything();
  session_.reset();

  EXPECT_TRUE(testing::WaitUntil([this] { return AllEnded(); }));
  for (const auto& [what, status] : open_) {
    EXPECT_EQ(status().code(), absl::StatusCode::kUnavailable) << what;
  }
}

}  // namespace
}  // namespace chatwire::xmpp
