// What a device can be bound to, and paths into its payloads.
#include "mqtt-service/domain/device_binding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"
#include "mqtt-service/domain/value_path.h"
#include "tests/unit/mqtt-service/device_fixture.h"

namespace chatwire::mqtt {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// What is wrong with the binding after @p change. Empty: nothing.
std::string Complaint(const std::function<void(DeviceBinding&)>& change) {
  DeviceBinding binding = BindingAt("home/lamp");
  change(binding);
  const absl::Status status = CheckDevice(binding, "chatwire");
  EXPECT_EQ(ReasonOf(status), status.ok() ? "" : "BAD_DEVICE");
  return std::string(status.message());
}

TEST(DeviceBindingTest, AWholeOneIsGood) {
  EXPECT_EQ(Complaint([](DeviceBinding&) {}), "");
  EXPECT_EQ(Complaint([](DeviceBinding& b) { b.availability.clear(); }), "");
  EXPECT_EQ(Complaint([](DeviceBinding& b) { b.qos = 0; }), "");
  EXPECT_EQ(Complaint([](DeviceBinding& b) { b.command_topic = "Küche/Licht 1/set"; }), "");
}

TEST(DeviceBindingTest, TopicsAreNoFiltersAndNotOurOwn) {
  for (const char* const topic :
       {"home/+/do", "home/#", "$SYS/broker", "chatwire", "chatwire/checkbox/fan/set", "a\nb"}) {
    EXPECT_NE(Complaint([&](DeviceBinding& b) { b.command_topic = topic; }), "") << topic;
    EXPECT_NE(Complaint([&](DeviceBinding& b) { b.states[0].topic = topic; }), "") << topic;
    EXPECT_NE(Complaint([&](DeviceBinding& b) { b.availability[0].topic = topic; }), "") << topic;
  }
  EXPECT_EQ(Complaint([](DeviceBinding& b) { b.command_topic = "chatwire2/do"; }), "");
  EXPECT_THAT(Complaint([](DeviceBinding& b) { b.command_topic = std::string(257, 'a'); }),
              HasSubstr("256 bytes"));
}

TEST(DeviceBindingTest, AnOwnCommandCannotPassForAnAnswer) {
  EXPECT_THAT(Complaint([](DeviceBinding& b) { b.states[0].topic = b.command_topic; }),
              HasSubstr("must differ"));
  EXPECT_THAT(Complaint([](DeviceBinding& b) { b.availability[1].topic = b.command_topic; }),
              HasSubstr("must differ"));
}

TEST(DeviceBindingTest, WithoutAStateNothingCouldBeConfirmed) {
  EXPECT_THAT(Complaint([](DeviceBinding& b) { b.states.clear(); }),
              HasSubstr("can never confirm"));
}

TEST(DeviceBindingTest, AValueHasOneMeaning) {
  EXPECT_NE(Complaint([](DeviceBinding& b) { b.state_off = {"true"}; }), "");
  EXPECT_NE(Complaint([](DeviceBinding& b) { b.offline = {"online"}; }), "");
  EXPECT_NE(Complaint([](DeviceBinding& b) { b.payload_off = b.payload_on; }), "");
  EXPECT_NE(Complaint([](DeviceBinding& b) { b.state_on.clear(); }), "");
  EXPECT_NE(Complaint([](DeviceBinding& b) { b.online.clear(); }), "");
  EXPECT_NE(Complaint([](DeviceBinding& b) { b.payload_on = std::string("a\tb"); }), "");
  EXPECT_NE(Complaint([](DeviceBinding& b) { b.payload_on = std::string(1025, 'a'); }), "");
  EXPECT_NE(Complaint([](DeviceBinding& b) { b.states.resize(9, {"t", ""}); }), "");
  EXPECT_NE(Complaint([](DeviceBinding& b) { b.states.push_back(b.states[0]); }), "");
  EXPECT_NE(Complaint([](DeviceBinding& b) { b.qos = 3; }), "");
}

TEST(ValuePathTest, IsKeysAndIndices) {
  EXPECT_THAT(*ParseValuePath(""), IsEmpty());
  EXPECT_THAT(*ParseValuePath("POWER"), ElementsAre(PathStep("POWER")));
  EXPECT_THAT(*ParseValuePath("relays[0].ison"),
              ElementsAre(PathStep("relays"), PathStep(size_t{0}), PathStep("ison")));
  EXPECT_THAT(*ParseValuePath("$.params.switch:0.output"),
              ElementsAre(PathStep("params"), PathStep("switch:0"), PathStep("output")));
  EXPECT_THAT(*ParseValuePath("[1][2]"), ElementsAre(PathStep(size_t{1}), PathStep(size_t{2})));
}

TEST(ValuePathTest, AnythingElseIsRefused) {
  for (const std::string& bad :
       {std::string("a..b"), std::string("a["), std::string("a[]"), std::string("a[x]"),
        std::string("a[0]b"), std::string("a]"), std::string("."), std::string("$."),
        std::string("a b"), std::string("a.[0]"), std::string("a['b']"), std::string("a[-1]"),
        std::string("a[12345]"), std::string(129, 'a'), std::string("a\xff")}) {
    EXPECT_EQ(ReasonOf(ParseValuePath(bad).status()), "BAD_DEVICE") << bad;
  }
}

}  // namespace
}  // namespace chatwire::mqtt
