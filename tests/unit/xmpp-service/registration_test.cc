// What is answered to a registration form, what refusals are called, and how often somebody may.
#include "xmpp-service/domain/registration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"
#include "tests/support/fake_clock.h"
#include "xmpp-service/domain/rate_limiter.h"
#include "xmpp-service/domain/stanza_status.h"

namespace chatwire::xmpp {
namespace {

FormField Field(const std::string& name, std::vector<std::string> values = {},
                FormFieldType type = FormFieldType::kUnspecified) {
  FormField field;
  field.name = name;
  field.values = std::move(values);
  field.type = type;
  return field;
}

TEST(AnswerToTest, AFormWithoutADataFormIsAnsweredFieldByField) {
  RegistrationForm asked;
  asked.fields = {Field("username"), Field("password"), Field("email"),
                  Field("key", {"k1"}, FormFieldType::kHidden)};

  const auto answer = AnswerTo(asked, {"bob", "secret", {Field("email", {"b@example.org"})}});

  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_FALSE(answer->form.has_value());
  std::string line;
  for (const FormField& field : answer->fields) line += field.name + "=" + field.values[0] + " ";
  EXPECT_EQ(line, "username=bob password=secret email=b@example.org key=k1 ");
}

TEST(AnswerToTest, ADataFormIsAnsweredWithItsHiddenFields) {
  RegistrationForm asked;
  asked.form.emplace();
  asked.form->fields = {Field("FORM_TYPE", {"jabber:iq:register"}, FormFieldType::kHidden),
                        Field("challenge", {"c1"}, FormFieldType::kHidden), Field("username"),
                        Field("password"), Field("ocr")};

  const auto answer = AnswerTo(asked, {"bob", "secret", {Field("ocr", {"7nHL3"})}});

  ASSERT_TRUE(answer.ok()) << answer.status();
  ASSERT_TRUE(answer->form.has_value());
  EXPECT_EQ(answer->form->type, DataFormType::kSubmit);
  EXPECT_EQ(answer->form->Value("challenge"), "c1");
  EXPECT_EQ(answer->form->Value("ocr"), "7nHL3");
  EXPECT_EQ(answer->form->Value("username"), "bob");
  EXPECT_TRUE(answer->fields.empty());
}

TEST(AnswerToTest, WhatWasNotAskedIsNotSent) {
  RegistrationForm asked;
  asked.fields = {Field("username"), Field("password")};

  EXPECT_EQ(ReasonOf(AnswerTo(asked, {"bob", "secret", {Field("x", {"1"})}}).status()), "BAD_FORM");
  // Neither may answers change what stands in fields of their own.
  EXPECT_EQ(AnswerTo(asked, {"bob", "secret", {Field("password", {"other"})}})->fields[1].values[0],
            "secret");
}

TEST(RegistrationErrorTest, EveryRefusalHasItsReasonAndTheServersWords) {
  const std::pair<const char*, const char*> cases[] = {
      {"conflict", "USERNAME_TAKEN"},
      {"not-acceptable", "REGISTRATION_NOT_ACCEPTABLE"},
      {"resource-constraint", "REGISTRATION_THROTTLED"},
      {"not-allowed", "REGISTRATION_NOT_ALLOWED"},
      {"service-unavailable", "REGISTRATION_CLOSED"},
      {"item-not-found", "XMPP_ITEM_NOT_FOUND"}};
  for (const auto& [condition, reason] : cases) {
    const absl::Status status = RegistrationError(StanzaErrorStatus({condition, "because"}));
    EXPECT_EQ(ReasonOf(status), reason);
    EXPECT_THAT(std::string(status.message()), ::testing::HasSubstr("because"));
  }
}

TEST(RateLimiterTest, ABucketFillsUpAgainWithinAMinute) {
  FakeClock clock;
  RateLimiter limiter(clock, 6);
  for (int i = 0; i < 6; ++i) EXPECT_TRUE(limiter.Admit("a"));
  EXPECT_FALSE(limiter.Admit("a"));
  EXPECT_TRUE(limiter.Admit("b")) << "somebody else";

  clock.Advance(absl::Seconds(10));
  EXPECT_TRUE(limiter.Admit("a"));
  EXPECT_FALSE(limiter.Admit("a"));
  clock.Advance(absl::Hours(1));
  for (int i = 0; i < 6; ++i) EXPECT_TRUE(limiter.Admit("a"));
  EXPECT_FALSE(limiter.Admit("a")) << "not more than a minute's worth";
}

}  // namespace
}  // namespace chatwire::xmpp
