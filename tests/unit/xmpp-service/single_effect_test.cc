// Effects that come once, with a memory that is made up.
#include "xmpp-service/domain/single_effect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "common/error.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/stanza_status.h"

namespace chatwire::xmpp {
namespace {

class FakeRequestLog final : public RequestLog {
 public:
  void Begin(const std::string&, const std::string& id, const std::string& content,
             Completion<bool> done) override {
    const auto [entry, is_new] = begun.try_emplace(id, content);
    if (!is_new && entry->second != content) {
      done(Error(absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED", "other content"));
    } else {
      done(is_new);
    }
  }
  void Finish(const std::string&, const std::string& id, const std::string& answer,
              Completion<bool> done) override {
    answers[id] = answer;
    done(true);
  }
  void GetAnswer(const std::string&, const std::string& id,
                 Completion<std::optional<std::string>> done) override {
    const auto found = answers.find(id);
    done(found == answers.end() ? std::optional<std::string>() : found->second);
  }
  void Forget(const std::string&, const std::string& id, Completion<bool> done) override {
    begun.erase(id);
    done(true);
  }

  std::map<std::string, std::string> begun;
  std::map<std::string, std::string> answers;
};

class SingleEffectTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::string> Run(const std::string& content = "kick iago") {
    // Outlives the call: what is held back is answered, or dropped, later.
    const auto answer =
        std::make_shared<absl::StatusOr<std::string>>(absl::InternalError("not answered"));
    RunOnce(
        log_, {"bot@example.org", "id", content},
        [this](Completion<EffectEnd> done) {
          ++effects_;
          if (held_) {
            waiting_.push_back(std::move(done));
          } else {
            done(end_);
          }
        },
        Completion<std::string>([answer](auto value) { *answer = std::move(value); }));
    return *answer;
  }

  FakeRequestLog log_;
  absl::StatusOr<EffectEnd> end_ = EffectEnd{std::string("kicked")};
  bool held_ = false;
  int effects_ = 0;
  std::vector<Completion<EffectEnd>> waiting_;
};

TEST_F(SingleEffectTest, WhoAsksAgainGetsTheFirstAnswer) {
  EXPECT_EQ(*Run(), "kicked");
  EXPECT_EQ(*Run(), "kicked");
  EXPECT_EQ(effects_, 1);
  EXPECT_EQ(ReasonOf(Run("kick othello").status()), "REQUEST_ID_REUSED");
  EXPECT_EQ(effects_, 1);
}

TEST_F(SingleEffectTest, ARefusalHasNoEffectAndIsTriedAgain) {
  end_ = EndOf(StanzaErrorStatus({"forbidden", ""}));
  EXPECT_EQ(ReasonOf(Run().status()), "XMPP_FORBIDDEN");
  end_ = EffectEnd{SessionOffline("bot@example.org"), /*nothing_done=*/true};
  EXPECT_EQ(ReasonOf(Run().status()), "SESSION_OFFLINE");
  end_ = EndOf(std::string("kicked"));
  EXPECT_EQ(*Run(), "kicked");
  EXPECT_EQ(effects_, 3);
}

TEST_F(SingleEffectTest, WhatMayHaveHappenedIsNotDoneAgain) {
  for (const absl::Status& broken_off :
       {NoAnswer(), SessionOffline("bot@example.org"), absl::UnavailableError("dropped"),
        StanzaErrorStatus({"remote-server-timeout", ""})}) {
    log_ = FakeRequestLog();
    effects_ = 0;
    end_ = EndOf(broken_off);
    EXPECT_EQ(Run().status(), broken_off);
    EXPECT_EQ(ReasonOf(Run().status()), "ANSWER_UNKNOWN");
    EXPECT_EQ(effects_, 1);
  }
}

TEST_F(SingleEffectTest, WhileTheFirstIsUnderWayTheAnswerIsNotKnown) {
  held_ = true;
  EXPECT_FALSE(Run().ok());
  EXPECT_EQ(ReasonOf(Run().status()), "ANSWER_UNKNOWN");
  EXPECT_EQ(effects_, 1);
  // The caller of the first is gone; what was asked goes on.
  waiting_.clear();
  EXPECT_EQ(ReasonOf(Run().status()), "ANSWER_UNKNOWN") << "dropped";
}

}  // namespace
}  // namespace chatwire::xmpp
