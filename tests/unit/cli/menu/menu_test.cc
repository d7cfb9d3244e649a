#include "cli/menu/menu.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <utility>

#include "absl/status/status_matchers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/credentials.h"
#include "cli/errors.h"
#include "tests/unit/cli/cli_fixture.h"

namespace chatwire::cli {
namespace {

using ::absl_testing::IsOk;
using ::absl_testing::StatusIs;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

absl::Status Interrupted() {
  return MakeError(absl::StatusCode::kCancelled, kInterruptedReason, "interrupted");
}

/// Somebody who knows beforehand what to choose and to type; at the end Ctrl-C.
class Script final : public MenuTerminal {
 public:
  /// Beginnings of entries; "" goes back.
  std::deque<std::string> picks;
  std::deque<std::string> answers;
  std::vector<MenuPage> pages;
  std::vector<std::string> chats;
  absl::Status checkboxes;

  absl::StatusOr<std::optional<size_t>> Pick(const MenuPage& page) override {
    pages.push_back(page);
    if (picks.empty()) return Interrupted();
    const std::string wanted = std::exchange(picks.front(), "");
    picks.pop_front();
    if (wanted.empty()) return std::nullopt;
    const auto found =
        std::find_if(page.entries.begin(), page.entries.end(),
                     [&](const std::string& entry) { return entry.rfind(wanted, 0) == 0; });
    EXPECT_NE(found, page.entries.end()) << wanted << " of " << Text(page);
    if (found == page.entries.end()) return Interrupted();
    return static_cast<size_t>(found - page.entries.begin());
  }

  absl::StatusOr<std::string> Ask(const std::string& /*prompt*/) override {
    if (answers.empty()) return Interrupted();
    std::string answer = std::move(answers.front());
    answers.pop_front();
    return answer;
  }

  absl::Status Chat(Session& session, const std::string& peer) override {
    chats.push_back(absl::StrCat(session.connection.Account(), " with ", peer));
    return absl::OkStatus();
  }

  absl::Status Checkboxes(Session& /*session*/) override { return checkboxes; }

  static std::string Text(const MenuPage& page) {
    return absl::StrCat(page.title, "|", absl::StrJoin(page.notes, "|"), "|",
                        absl::StrJoin(page.entries, "|"));
  }
};

class MenuTest : public CliServiceTest {
 protected:
  MenuTest() : credentials_((directory_ / "tokens").string()) {
    settings_.server = settings_.mqtt_server = server_->address();
    accounts_.get = [](grpc::ServerContext& context, const xmpp::v1::GetAccountRequest& request,
                       xmpp::v1::GetAccountResponse& response) {
      if (TokenOf(context).empty()) {
        return Failure(absl::StatusCode::kUnauthenticated, "UNAUTHENTICATED", "no token");
      }
      response.mutable_account()->set_account(request.account());
      response.mutable_account()->mutable_connection()->set_state(
          xmpp::v1::CONNECTION_STATE_ONLINE);
      return grpc::Status::OK;
    };
  }

  void Save(const std::string& account) {
    EXPECT_THAT(credentials_.Save(server_->address(), account, "token").status(), IsOk());
  }

  absl::Status RunMenu() {
    Output output(streams_, false);
    Connection connection(settings_, credentials_, output);
    const Session session{settings_, credentials_, connection, output, streams_};
    return Menu(session, script_).Run();
  }

  std::string Page(size_t number) const {
    return number < script_.pages.size() ? Script::Text(script_.pages[number]) : "no such page";
  }

  Settings settings_;
  const Credentials credentials_;
  const Streams streams_;
  Script script_;
};

TEST_F(MenuTest, WhoIsNewMaySignUpOrIn) {
  script_.picks = {"Quit"};

  EXPECT_THAT(RunMenu(), IsOk());

  EXPECT_THAT(Page(0), AllOf(HasSubstr("Chatwire|Chat and switches by"), HasSubstr("|Sign up"),
                             HasSubstr("|Sign in"), HasSubstr("|Checkboxes|Help|Quit"),
                             Not(HasSubstr("Contacts"))));
}

TEST_F(MenuTest, WhoIsSignedInChatsAndComesBack) {
  Save("me@example.org");
  script_.picks = {"Chats", "Write", "Write", ""};
  script_.answers = {"maria@example.org", ""};

  EXPECT_THAT(RunMenu(), IsOk());

  EXPECT_THAT(Page(0), HasSubstr("Chatwire: me@example.org||Write to somebody ..."));
  EXPECT_THAT(script_.chats,
              ElementsAre("me@example.org with ", "me@example.org with maria@example.org"));
  EXPECT_EQ(script_.pages.size(), 4U);
}

TEST_F(MenuTest, ANameAloneIsAskedForItsServer) {
  Save("me@example.org");
  script_.picks = {"Write", "Write", ""};
  script_.answers = {"maria", "example.org", "maria", ""};

  EXPECT_THAT(RunMenu(), IsOk());

  EXPECT_THAT(script_.chats, ElementsAre("me@example.org with maria@example.org"));
}

TEST_F(MenuTest, ContactsAreListedAndAddedAndChattedWith) {
  Save("me@example.org");
  roster_.list = [](grpc::ServerContext&, const xmpp::v1::ListContactsRequest& request,
                    xmpp::v1::ListContactsResponse& response) {
    // Two pages.
    const bool first = request.page_token().empty();
    auto* const contact = response.add_contacts();
    contact->set_jid(first ? "ann@example.org" : "bob@example.org");
    contact->set_name(first ? "Ann" : "");
    if (first) contact->add_resources();
    if (first) response.set_next_page_token("more");
    return grpc::Status::OK;
  };
  std::string added;
  roster_.add = [&added](grpc::ServerContext&, const xmpp::v1::AddContactRequest& request,
                         xmpp::v1::AddContactResponse&) {
    added = absl::StrCat(request.jid(), request.request_subscription() ? " asked" : "");
    return grpc::Status::OK;
  };
  script_.picks = {"Contacts", "○ bob", "Contacts", "Add", "Contacts", "", ""};
  script_.answers = {"eve@example.org"};

  EXPECT_THAT(RunMenu(), IsOk());

  EXPECT_EQ(Page(1), "Contacts||Add somebody ...|● Ann  ann@example.org|○ bob@example.org");
  EXPECT_EQ(added, "eve@example.org asked");
  EXPECT_THAT(script_.chats, ElementsAre("me@example.org with bob@example.org",
                                         "me@example.org with eve@example.org"));
}

TEST_F(MenuTest, WhatGoesWrongIsToldAndTheMenuGoesOn) {
  Save("me@example.org");
  roster_.list = [](grpc::ServerContext&, const xmpp::v1::ListContactsRequest&,
                    xmpp::v1::ListContactsResponse&) {
    return Failure(absl::StatusCode::kFailedPrecondition, "SESSION_OFFLINE", "not connected");
  };
  script_.checkboxes = absl::InternalError("no lamps");
  script_.picks = {"Contacts", "Checkboxes", "Quit"};

  EXPECT_THAT(RunMenu(), IsOk());

  EXPECT_THAT(Page(1), HasSubstr("|not connected|"));
  EXPECT_THAT(Page(2), AllOf(HasSubstr("|no lamps|"), Not(HasSubstr("not connected"))));
}

TEST_F(MenuTest, AServiceThatIsAwayIsNamedAndMayBeTriedAgain) {
  const std::string address = server_->address();
  server_.reset();
  script_.picks = {"Try again", "Quit"};

  EXPECT_THAT(RunMenu(), IsOk());

  for (const size_t page : {0U, 1U}) {
    EXPECT_THAT(Page(page), AllOf(HasSubstr(address), HasSubstr("start chatwire-xmppd"),
                                  HasSubstr("|Try again|Checkboxes|"), Not(HasSubstr("Sign"))));
  }
}

TEST_F(MenuTest, AnAccountThatIsNotConnectedSaysWhy) {
  Save("me@example.org");
  accounts_.get = [](grpc::ServerContext&, const xmpp::v1::GetAccountRequest& request,
                     xmpp::v1::GetAccountResponse& response) {
    response.mutable_account()->set_account(request.account());
    auto* const connection = response.mutable_account()->mutable_connection();
    connection->set_state(xmpp::v1::CONNECTION_STATE_FAILED);
    connection->mutable_failure()->set_message("the certificate is out of date");
    return grpc::Status::OK;
  };

  EXPECT_THAT(RunMenu(), StatusIs(absl::StatusCode::kCancelled));

  EXPECT_THAT(Page(0), HasSubstr("the certificate is out of date"));
}

TEST_F(MenuTest, OfSeveralAccountsOneIsChosen) {
  Save("me@example.org");
  Save("other@example.org");
  script_.picks = {"Go on as other@example.org", "Chats", ""};

  EXPECT_THAT(RunMenu(), IsOk());

  EXPECT_THAT(Page(0), HasSubstr("|Go on as me@example.org|Go on as other@example.org|"));
  EXPECT_THAT(Page(1), HasSubstr("Chatwire: other@example.org|You are other@example.org."));
  EXPECT_THAT(script_.chats, ElementsAre("other@example.org with "));
}

TEST_F(MenuTest, SigningOutIsAskedTwiceAndLeadsToTheBeginning) {
  Save("me@example.org");
  int calls = 0;
  accounts_.logout = [&calls](grpc::ServerContext&, const xmpp::v1::LogoutRequest&,
                              xmpp::v1::LogoutResponse&) {
    ++calls;
    return grpc::Status::OK;
  };
  script_.picks = {"Sign out", "No", "Sign out", "Yes", "Quit"};

  EXPECT_THAT(RunMenu(), IsOk());

  EXPECT_EQ(calls, 1);
  EXPECT_THAT(credentials_.AccountsAt(server_->address()), IsEmpty());
  EXPECT_THAT(Page(4), AllOf(HasSubstr("me@example.org is signed out."), HasSubstr("|Sign up")));
}

TEST_F(MenuTest, CtrlCEndsAlsoWhileSomethingIsTyped) {
  Save("me@example.org");
  script_.picks = {"Write"};

  EXPECT_THAT(RunMenu(), StatusIs(absl::StatusCode::kCancelled));
  EXPECT_EQ(script_.pages.size(), 1U);
}

TEST_F(MenuTest, HelpIsAPage) {
  script_.picks = {"Help", "Back", ""};

  EXPECT_THAT(RunMenu(), IsOk());

  EXPECT_THAT(Page(1), HasSubstr("/quit comes back here"));
}

}  // namespace
}  // namespace chatwire::cli
