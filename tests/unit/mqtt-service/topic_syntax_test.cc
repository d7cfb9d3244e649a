#include "mqtt-service/domain/topic_syntax.h"

#include <gtest/gtest.h>

#include "mqtt-service/domain/topic.h"

namespace chatwire::mqtt {
namespace {

TEST(TopicSyntaxTest, ATopicNameHasNoWildcard) {
  for (const char* good : {"a", "/", "a/b", "a//b", "$SYS/x", "gr\xc3\xbc\xc3\x9f e/1"}) {
    EXPECT_TRUE(IsTopicName(good)) << good;
  }
  for (const std::string& bad :
       {std::string(), std::string("a/+"), std::string("#"), std::string("a#"), std::string("\xff"),
        std::string("a\0b", 3), std::string(1025, 'a')}) {
    EXPECT_FALSE(IsTopicName(bad)) << bad;
  }
}

TEST(TopicSyntaxTest, AWildcardFillsItsLevel) {
  for (const char* good : {"#", "+", "a/+/b", "a/#", "+/+/#", "/", "$share/g/a/+", "$share/g//"}) {
    EXPECT_TRUE(IsTopicFilter(good)) << good;
  }
  for (const char* bad :
       {"", "a/#/b", "a#", "a/b+", "+a", "$share/g", "$share//a", "$share/g+/a", "$share/g/"}) {
    EXPECT_FALSE(IsTopicFilter(bad)) << bad;
  }
}

TEST(TopicSyntaxTest, OnlyTheServiceSpeaksForItself) {
  const Topics topics("home/chatwire");
  for (const char* own : {"home/chatwire/checkbox/lamp", "home/chatwire/checkbox/lamp/command",
                          "home/chatwire/bridge/state", "home/chatwire/chat/a/in"}) {
    EXPECT_TRUE(topics.IsReserved(own)) << own;
  }
  for (const char* free : {"home/chatwire/checkbox/lamp/set", "home/chatwire/checkbox/lamp/report",
                           "home/chatwire/checkbox/lamp/availability",
                           "home/chatwirex/bridge/state", "bridge/state"}) {
    EXPECT_FALSE(topics.IsReserved(free)) << free;
  }
}

}  // namespace
}  // namespace chatwire::mqtt
