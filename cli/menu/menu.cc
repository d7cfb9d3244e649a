#include "cli/menu/menu.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "chatwire/xmpp/v1/account_service.pb.h"
#include "cli/call.h"
#include "cli/commands/login.h"
#include "cli/commands/logout.h"
#include "cli/commands/register.h"
#include "cli/errors.h"
#include "cli/format/account_format.h"
#include "cli/menu/menu_actions.h"
#include "cli/rpc/contracts.h"
#include "cli/rpc/unary.h"
#include "cli/translate.h"

namespace chatwire::cli {
namespace {

/// Nobody wants to wait for a menu. A service that is away says so at once.
constexpr absl::Duration kLookTimeout = absl::Seconds(3);

/// After so many wrong ones the address may be the wrong one.
constexpr int kMorePasswords = 2;

bool IsWrongPassword(const absl::Status& status) { return ReasonOf(status) == "WRONG_PASSWORD"; }

/// Asks for the account that @p session acts for.
absl::Status LookAtAccount(Session& session, bool with_token, xmpp::v1::Account& account) {
  CallOptions options = OrdinaryCall(session);
  options.timeout = std::min(options.timeout, kLookTimeout);
  options.with_token = with_token;
  options.retry = false;
  xmpp::v1::GetAccountRequest request;
  if (with_token) request.set_account(session.connection.Account());
  xmpp::v1::GetAccountResponse response;
  absl::Status called = CallUnary(session, MethodNamed("xmpp.v1.AccountService.GetAccount"),
                                  options, request, response);
  account = response.account();
  return called;
}

}  // namespace

Menu::Menu(const Session& outer, MenuTerminal& terminal)
    : outer_(outer), terminal_(terminal), settings_(outer.settings) {}

Menu::Standing Menu::Look(Session& session) {
  xmpp::v1::Account account;
  absl::Status looked = LookAtAccount(session, /*with_token=*/true, account);
  account_ = looked.ok() ? account.account() : "";
  if (looked.ok()) {
    if (account.connection().state() != xmpp::v1::CONNECTION_STATE_ONLINE) {
      notes_.push_back(
          absl::Substitute(Tr("The XMPP server: $0"), ConnectionText(account.connection())));
    }
    return Standing::kSignedIn;
  }
  const std::string reason = ReasonOf(looked);
  // Who has not signed in yet has done nothing wrong, and below stands who may go on.
  const bool nobody = reason == kAccountAmbiguousReason.reason ||
                      (reason == kNoTokenReason.reason && settings_.token_file.empty());
  // That was found here. Is the service there at all?
  if (nobody) looked = LookAtAccount(session, /*with_token=*/false, account);
  const bool away = absl::IsUnavailable(looked) || absl::IsDeadlineExceeded(looked);
  if (away || !nobody) notes_.emplace_back(looked.message());
  return away ? Standing::kAway : Standing::kSignedOut;
}

absl::Status Menu::Become(const std::string& jid, const std::string& note) {
  settings_.account = jid;
  // What was saved counts from here on.
  settings_.token_file.clear();
  notes_.push_back(note);
  return absl::OkStatus();
}

absl::Status Menu::SignUp(Session& session) {
  return WithAddress(terminal_, Tr("Your new address, such as maria@example.org"),
                     [&](const std::string& jid) {
                       absl::Status done = RunCommandLine(session, MakeRegisterCommand(), {jid});
                       if (!done.ok()) return done;
                       return Become(jid, absl::Substitute(Tr("Welcome! You are $0."), jid));
                     });
}

absl::Status Menu::SignIn(Session& session) {
  return WithAddress(
      terminal_, Tr("Your address, such as maria@example.org"), [&](const std::string& jid) {
        absl::Status done = RunCommandLine(session, MakeLoginCommand(), {jid});
        // A typing error is no reason to type the address again.
        for (int again = 0; again < kMorePasswords && IsWrongPassword(done); ++again) {
          session.output.Notice(std::string(done.message()));
          done = RunCommandLine(session, MakeLoginCommand(), {jid});
        }
        if (!done.ok()) return done;
        return Become(jid, absl::Substitute(Tr("You are $0."), jid));
      });
}

absl::Status Menu::SignOut(Session& session) {
  const MenuPage page{absl::Substitute(Tr("Sign $0 out?"), account_),
                      {Tr("Programs that use this account's tokens are signed out, too. The "
                          "account itself stays.")},
                      {Tr("No, stay"), Tr("Yes, sign out")}};
  const auto chosen = terminal_.Pick(page);
  if (!chosen.ok()) return chosen.status();
  if (*chosen != std::optional<size_t>(1)) return absl::OkStatus();
  absl::Status done = RunCommandLine(session, MakeLogoutCommand(), {});
  if (!done.ok()) return done;
  return Become("", absl::Substitute(Tr("$0 is signed out."), account_));
}

void Menu::AddChats(std::vector<Entry>& entries) {
  entries.push_back({Tr("Write to somebody ..."),
                     [this](Session& session) { return WriteToSomebody(session, terminal_); }});
  entries.push_back(
      {Tr("Chats"), [this](Session& session) { return terminal_.Chat(session, ""); }});
  entries.push_back(
      {Tr("Contacts"), [this](Session& session) { return Contacts(session, terminal_); }});
  entries.push_back({Tr("Rooms"), [this](Session& session) { return Rooms(session, terminal_); }});
}

void Menu::AddSignIn(std::vector<Entry>& entries) {
  for (const std::string& jid : outer_.credentials.AccountsAt(settings_.server)) {
    entries.push_back({absl::Substitute(Tr("Go on as $0"), jid), [this, jid](Session&) {
                         return Become(jid, absl::Substitute(Tr("You are $0."), jid));
                       }});
  }
  entries.push_back(
      {Tr("Sign up: make a new account"), [this](Session& session) { return SignUp(session); }});
  entries.push_back({Tr("Sign in with an account that you have"),
                     [this](Session& session) { return SignIn(session); }});
}

std::vector<Menu::Entry> Menu::EntriesFor(Standing standing) {
  std::vector<Entry> entries;
  if (standing == Standing::kSignedIn) AddChats(entries);
  if (standing == Standing::kSignedOut) AddSignIn(entries);
  if (standing == Standing::kAway) {
    entries.push_back({Tr("Try again"), [](Session&) { return absl::OkStatus(); }});
  }
  entries.push_back(
      {Tr("Checkboxes"), [this](Session& session) { return terminal_.Checkboxes(session); }});
  if (standing == Standing::kSignedIn) {
    entries.push_back({Tr("Sign out"), [this](Session& session) { return SignOut(session); }});
  }
  entries.push_back({Tr("Help"), [this](Session&) { return ShowHelp(terminal_); }});
  entries.push_back({Tr("Quit"), nullptr});
  return entries;
}

MenuPage Menu::PageOf(Standing standing, const std::vector<Entry>& entries) const {
  MenuPage page{
      account_.empty() ? "Chatwire" : absl::StrCat("Chatwire: ", account_), notes_, {}, true};
  if (standing == Standing::kSignedOut && notes_.empty()) {
    page.notes.push_back(absl::Substitute(
        Tr("Chat and switches by $0. Sign up or sign in to begin."), settings_.server));
  }
  for (const Entry& entry : entries) page.entries.push_back(entry.text);
  return page;
}

absl::Status Menu::Run() {
  while (true) {
    // Who is signed in may be another one than before.
    const Settings settings = settings_;
    Connection connection(settings, outer_.credentials, outer_.output);
    Session session{settings, outer_.credentials, connection, outer_.output, outer_.streams};
    const Standing standing = Look(session);
    const std::vector<Entry> entries = EntriesFor(standing);
    const auto chosen = terminal_.Pick(PageOf(standing, entries));
    if (!chosen.ok()) return chosen.status();
    notes_.clear();
    if (!chosen->has_value() || entries[**chosen].run == nullptr) return absl::OkStatus();
    absl::Status done = entries[**chosen].run(session);
    if (HasReason(done, kInterruptedReason)) return done;
    if (!done.ok()) notes_.emplace_back(done.message());
  }
}

}  // namespace chatwire::cli
