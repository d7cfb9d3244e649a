// Commands on the wire (XEP-0050), in both directions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"
#include "tests/unit/xmpp-service/session_fixture.h"
#include "xmpp-service/domain/command_port.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr char kCommands[] = "http://jabber.org/protocol/commands";

/// Offers one command to contacts, and keeps the steps.
class FakeHost final : public CommandHost {
 public:
  std::vector<Command> CommandsFor(const std::string&, const std::string&,
                                   bool is_contact) override {
    return is_contact ? std::vector<Command>{{"boxes", "Check & see", ""}} : std::vector<Command>{};
  }
  void Handle(const std::string&, CommandStep step, bool is_contact,
              Completion<CommandReply> done) override {
    contact = is_contact;
    steps.push_back(std::move(step));
    waiting.push_back(std::move(done));
  }

  std::vector<CommandStep> steps;
  std::vector<Completion<CommandReply>> waiting;
  bool contact = false;
};

class CommandResponderTest : public SessionFixture {
 protected:
  CommandResponderTest() {
    settings_.command_host = &host_;
    EXPECT_TRUE(LogIn());
    server_.Inject(
        "<iq type='set' id='r1'><query xmlns='jabber:iq:roster'>"
        "<item jid='bob@localhost' subscription='both'/></query></iq>");
    EXPECT_TRUE(testing::WaitUntil([&] { return listener_.changed.size() == 1; }));
  }

  testing::ReceivedElement Ask(const QByteArray& stanza, const char* id) {
    server_.Inject(stanza);
    const QString wanted = QString::fromLatin1(id);
    EXPECT_TRUE(testing::WaitUntil([&] { return server_.LastReceived("iq").id == wanted; }));
    return server_.LastReceived("iq");
  }

  FakeHost host_;
};

TEST_F(CommandResponderTest, CommandsAreInTheMenuOfThoseWhoMaySeeThem) {
  const auto menu =
      Ask("<iq type='get' id='m1' from='bob@localhost/x'>"
          "<query xmlns='http://jabber.org/protocol/disco#items' "
          "node='http://jabber.org/protocol/commands'/></iq>",
          "m1");
  EXPECT_TRUE(menu.xml.contains(QStringLiteral("name=\"Check &amp; see\"")))
      << menu.xml.toStdString();
  EXPECT_TRUE(menu.xml.contains(QStringLiteral("jid=\"alice@localhost/test\"")));
  EXPECT_EQ(menu.to, QStringLiteral("bob@localhost/x"));

  const auto empty =
      Ask("<iq type='get' id='m2' from='eve@localhost/x'>"
          "<query xmlns='http://jabber.org/protocol/disco#items' "
          "node='http://jabber.org/protocol/commands'/></iq>",
          "m2");
  EXPECT_EQ(empty.type, QStringLiteral("result"));
  EXPECT_FALSE(empty.xml.contains(QStringLiteral("<item")));
}

TEST_F(CommandResponderTest, ANodeTellsThatItIsACommandAndAnUnknownOneIsNone) {
  const QByteArray info = "<query xmlns='http://jabber.org/protocol/disco#info' node='";
  const auto known =
      Ask("<iq type='get' id='i1' from='bob@localhost/x'>" + info + "boxes'/></iq>", "i1");
  EXPECT_TRUE(known.xml.contains(QStringLiteral("command-node")));
  EXPECT_TRUE(known.xml.contains(QStringLiteral("jabber:x:data")));

  for (const char* asker : {"eve@localhost/x", "bob@localhost/x"}) {
    const QByteArray node = asker[0] == 'e' ? "boxes" : "other";
    const QByteArray id = QByteArray("i-") + asker;
    const auto unknown =
        Ask("<iq type='get' id='" + id + "' from='" + asker + "'>" + info + node + "'/></iq>", id);
    EXPECT_EQ(unknown.type, QStringLiteral("error"));
    EXPECT_TRUE(unknown.xml.contains(QStringLiteral("item-not-found")));
  }
}

TEST_F(CommandResponderTest, AStepComesInAndItsFormGoesOut) {
  server_.Inject(
      "<iq type='set' id='c1' from='bob@localhost/x'>"
      "<command xmlns='http://jabber.org/protocol/commands' node='boxes' action='next' "
      "sessionid='s1'><x xmlns='jabber:x:data' type='submit'>"
      "<field var='lamp'><value>1</value></field></x></command></iq>");
  ASSERT_TRUE(testing::WaitUntil([&] { return host_.steps.size() == 1; }));
  EXPECT_TRUE(host_.contact);
  EXPECT_EQ(host_.steps[0].jid, "bob@localhost/x");
  EXPECT_EQ(host_.steps[0].action, CommandAction::kNext);
  EXPECT_EQ(host_.steps[0].session_id, "s1");
  EXPECT_EQ(host_.steps[0].form->Value("lamp"), "1");

  CommandResult result;
  result.status = CommandStatus::kExecuting;
  result.session_id = "s1";
  result.allowed = {CommandAction::kPrevious, CommandAction::kComplete};
  result.default_action = CommandAction::kComplete;
  result.form.emplace();
  result.form->Set("lamp", {"true"}, FormFieldType::kBoolean);
  result.notes = {{CommandNoteType::kWarning, "careful"}};
  host_.waiting[0](result);

  ASSERT_TRUE(testing::WaitUntil([&] { return server_.LastReceived("iq").id == u"c1"; }));
  const QString xml = server_.LastReceived("iq").xml;
  for (const char* part :
       {"sessionid=\"s1\"", "status=\"executing\"",
        "<actions execute=\"complete\"><prev/><complete/>", "<note type=\"warn\">careful</note>",
        "type=\"boolean\"", "<value>1</value>"}) {
    EXPECT_TRUE(xml.contains(QLatin1String(part))) << part << " in " << xml.toStdString();
  }
}

TEST_F(CommandResponderTest, ARefusalSaysWhy) {
  server_.Inject(
      "<iq type='set' id='c1' from='eve@localhost/x'>"
      "<command xmlns='http://jabber.org/protocol/commands' node='boxes'/></iq>");
  ASSERT_TRUE(testing::WaitUntil([&] { return host_.steps.size() == 1; }));
  EXPECT_FALSE(host_.contact);
  host_.waiting[0](CommandRefusal{"modify", "bad-request", "bad-sessionid", "again"});

  ASSERT_TRUE(testing::WaitUntil([&] { return server_.LastReceived("iq").id == u"c1"; }));
  const auto refused = server_.LastReceived("iq");
  EXPECT_EQ(refused.type, QStringLiteral("error"));
  for (const char* part :
       {"error type=\"modify\">", "<bad-request ", "<bad-sessionid ", ">again<"}) {
    EXPECT_TRUE(refused.xml.contains(QLatin1String(part))) << refused.xml.toStdString();
  }
  const auto malformed =
      Ask("<iq type='set' id='c2' from='bob@localhost/x'>"
          "<command xmlns='http://jabber.org/protocol/commands' node='boxes' action='dance'/></iq>",
          "c2");
  EXPECT_TRUE(malformed.xml.contains(QStringLiteral("malformed-action")));
  EXPECT_THAT(host_.steps, SizeIs(1));
}

TEST_F(CommandResponderTest, AnAnswerAfterTheSessionIsNobodys) {
  server_.Inject(
      "<iq type='set' id='c1' from='bob@localhost/x'>"
      "<command xmlns='http://jabber.org/protocol/commands' node='boxes'/></iq>");
  ASSERT_TRUE(testing::WaitUntil([&] { return host_.steps.size() == 1; }));

  session_.reset();
  host_.waiting[0](CommandResult{});

  EXPECT_NE(server_.LastReceived("iq").id, QStringLiteral("c1"));
}

TEST_F(CommandResponderTest, CommandsOfOthersAreRun) {
  server_.script().answers[kCommands] =
      "<command xmlns='http://jabber.org/protocol/commands' "
      "sessionid='config:20020923T213616Z-700' "
      "node='config' status='executing'><actions execute='complete'><prev/><complete/><dance/>"
      "</actions><note type='info'>Almost</note>"
      "<x xmlns='jabber:x:data' type='form'><field var='state' type='list-single'/></x></command>";
  CommandStep step;
  step.jid = "responder@domain";
  step.node = "config";
  step.action = CommandAction::kNext;
  step.session_id = "config:20020923T213616Z-700";
  auto [done, result] = Remember<CommandResult>();

  session_->ports().commands->Run(step, std::move(done));

  ASSERT_TRUE(WaitForResult(result));
  ASSERT_TRUE((*result)->ok()) << (*result)->status();
  EXPECT_EQ((*result)->value().status, CommandStatus::kExecuting);
  EXPECT_THAT((*result)->value().allowed,
              ElementsAre(CommandAction::kPrevious, CommandAction::kComplete));
  EXPECT_EQ((*result)->value().default_action, CommandAction::kComplete);
  EXPECT_EQ((*result)->value().notes[0].text, "Almost");
  EXPECT_NE((*result)->value().form->Find("state"), nullptr);
  EXPECT_TRUE(server_.LastReceived("iq").xml.contains(QStringLiteral("action=\"next\"")));

  server_.script().answers[kCommands] = "<command xmlns='http://jabber.org/protocol/commands'/>";
  auto [again_done, again] = Remember<CommandResult>();
  session_->ports().commands->Run(step, std::move(again_done));
  ASSERT_TRUE(WaitForResult(again));
  EXPECT_EQ(ReasonOf((*again)->status()), "BAD_ANSWER");
}

}  // namespace
}  // namespace chatwire::xmpp
