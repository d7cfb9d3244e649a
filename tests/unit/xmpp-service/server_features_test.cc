#include "xmpp-service/domain/server_features.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "common/error.h"
#include "xmpp-service/domain/contact_survey.h"
#include "xmpp-service/domain/stanza_status.h"
#include "xmpp-service/domain/user_search.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kUpload[] = "urn:xmpp:http:upload:0";

/// Answers from a table, at once or when told to.
class FakeDiscovery final : public DiscoveryPort {
 public:
  std::string account() const override { return "bot@example.org"; }

  void GetInfo(const std::string& jid, const std::string&, Completion<EntityInfo> done) override {
    asked.push_back(jid);
    if (silent == jid) {
      waiting.push_back(std::move(done));
      return;
    }
    const auto found = infos.find(jid);
    if (found == infos.end()) {
      done(StanzaErrorStatus({"service-unavailable", ""}));
    } else {
      done(found->second);
    }
  }

  void ListItems(const std::string&, const std::string&, const ItemsPosition&, size_t,
                 Completion<ItemsPage> done) override {
    done(items);
  }

  std::vector<OnlineResource> ResourcesOf(const std::string&) override { return resources; }

  void Describe(const std::string& jid, const OnlineResource& resource,
                Completion<EntityInfo> done) override {
    GetInfo(jid + "/" + resource.resource, "", std::move(done));
  }

  std::map<std::string, EntityInfo> infos;
  ItemsPage items;
  std::vector<OnlineResource> resources;
  std::string silent;
  std::vector<std::string> asked;
  std::vector<Completion<EntityInfo>> waiting;
};

class ServerFeaturesTest : public ::testing::Test {
 protected:
  ServerFeaturesTest() {
    discovery_.infos["example.org"].features = {"urn:xmpp:ping"};
    discovery_.infos["bot@example.org"].features = {"urn:xmpp:mam:2"};
    discovery_.infos["files.example.org"].features = {kUpload};
    discovery_.items.items = {{"files.example.org", "", "Files"},
                              {"silent.example.org", "", ""},
                              {"example.org", "announce", "a node"}};
  }

  /// Nothing while it is not finished.
  std::optional<absl::StatusOr<ServerFeatures>> Find() {
    FindServerFeatures(discovery_,
                       Completion<ServerFeatures>([this](auto found) { found_ = found; }));
    return found_;
  }

  FakeDiscovery discovery_;
  std::optional<absl::StatusOr<ServerFeatures>> found_;
};

TEST_F(ServerFeaturesTest, ServerAccountAndComponentsAreAsked) {
  const auto found = Find();

  ASSERT_TRUE(found.has_value());
  ASSERT_TRUE(found->ok()) << found->status();
  EXPECT_EQ((*found)->domain, "example.org");
  EXPECT_TRUE((*found)->account.HasFeature("urn:xmpp:mam:2"));
  ASSERT_EQ((*found)->components.size(), 2U) << "a node is no component";
  EXPECT_EQ((*found)->components[0].name, "Files");
  EXPECT_EQ(ReasonOf((*found)->components[1].info.status()), "XMPP_SERVICE_UNAVAILABLE");
  EXPECT_THAT(WhereIs(**found, kUpload), ElementsAre("files.example.org"));
  EXPECT_THAT(WhereIs(**found, "urn:xmpp:ping"), ElementsAre("example.org"));
}

TEST_F(ServerFeaturesTest, ItWaitsForTheLastAnswer) {
  discovery_.silent = "silent.example.org";
  EXPECT_FALSE(Find().has_value());

  discovery_.waiting.front()(NoAnswer());

  ASSERT_TRUE(found_.has_value());
  EXPECT_EQ(ReasonOf((**found_).components[1].info.status()), "NO_ANSWER");
}

TEST_F(ServerFeaturesTest, WhoeverIsDroppedAnswersToo) {
  discovery_.silent = "silent.example.org";
  Find();

  discovery_.waiting.clear();

  EXPECT_TRUE(found_.has_value());
}

TEST_F(ServerFeaturesTest, WithoutTheServersAnswerThereIsNone) {
  discovery_.infos.erase("example.org");

  EXPECT_EQ(ReasonOf(Find()->status()), "XMPP_SERVICE_UNAVAILABLE");
}

TEST_F(ServerFeaturesTest, TheLargestUploadStandsInAForm) {
  DataForm form;
  form.Set("FORM_TYPE", {kUpload});
  form.Set("max-file-size", {"10485760"});
  discovery_.infos["files.example.org"].forms = {form};

  EXPECT_EQ(MaximumUploadBytes(**Find(), "files.example.org"), 10'485'760);
  EXPECT_EQ(MaximumUploadBytes(**Find(), "example.org"), 0);
  EXPECT_EQ(MaximumUploadBytes(**Find(), "silent.example.org"), 0);
}

TEST_F(ServerFeaturesTest, ASearchServiceIsFoundOrSaidToBeMissing) {
  absl::StatusOr<std::string> place;
  const auto find = [&](const std::string& service) {
    FindSearchService(discovery_, service, Completion<std::string>([&](auto it) { place = it; }));
  };

  find("");
  EXPECT_EQ(ReasonOf(place.status()), "SEARCH_NOT_OFFERED");
  discovery_.infos["files.example.org"].features = {"jabber:iq:search"};
  find("");
  EXPECT_EQ(*place, "files.example.org");
  discovery_.asked.clear();
  find("vjud.example.com");
  EXPECT_EQ(*place, "vjud.example.com");
  EXPECT_THAT(discovery_.asked, IsEmpty());
}

TEST_F(ServerFeaturesTest, EveryResourceIsDescribedUpToALimit) {
  for (size_t i = 0; i < kMaximumResources + 5; ++i) {
    discovery_.resources.push_back({"r" + std::to_string(i), {}, {}});
  }
  discovery_.infos["alice@example.org/r1"].features = {"urn:xmpp:ping"};
  std::vector<DescribedResource> described;

  DescribeResources(discovery_, "alice@example.org",
                    Completion<std::vector<DescribedResource>>([&](auto it) { described = *it; }));

  ASSERT_EQ(described.size(), kMaximumResources);
  EXPECT_FALSE(described[0].info.ok());
  EXPECT_TRUE(described[1].info->HasFeature("urn:xmpp:ping"));
}

TEST(PingTest, OnlySomeErrorsShowThatSomebodyIsThere) {
  const char kOwn[] = "example.org";
  EXPECT_TRUE(ShowsPresenceOf("", kOwn, "service-unavailable"));
  EXPECT_TRUE(ShowsPresenceOf("example.org", kOwn, "forbidden"));
  EXPECT_TRUE(ShowsPresenceOf("a@example.org/x", kOwn, "feature-not-implemented"));
  EXPECT_FALSE(ShowsPresenceOf("a@example.org/x", kOwn, "service-unavailable"));
  EXPECT_FALSE(ShowsPresenceOf("example.com", kOwn, "remote-server-not-found"));
}

}  // namespace
}  // namespace chatwire::xmpp
