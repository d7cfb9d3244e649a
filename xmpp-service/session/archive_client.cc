#include "xmpp-service/session/archive_client.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "common/uuid.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/jid.h"
#include "xmpp-service/domain/stanza_status.h"
#include "xmpp-service/session/archive_entry.h"
#include "xmpp-service/session/archive_xml.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kRsm("http://jabber.org/protocol/rsm");
// So that an answer stays well below what gRPC lets through, whatever the size of a page.
constexpr size_t kMaximumSliceBytes = 1 << 20;
constexpr size_t kMaximumIdBytes = 1024;

bool IsComplete(const QDomElement& fin) {
  return fin.attribute(QStringLiteral("complete")) == QStringLiteral("true");
}

/// A server without the XEP says so in one of two ways.
absl::Status OrNoArchive(const absl::Status& status) {
  if (!IsStanzaError(status, "feature-not-implemented") &&
      !IsStanzaError(status, "service-unavailable")) {
    return status;
  }
  return Error(absl::StatusCode::kUnimplemented, "NO_ARCHIVE",
               "no archive is kept there (XEP-0313), or it does not offer this");
}

/// For the catch-up whoever may not read the archive has none.
absl::Status ForCatchUp(const absl::Status& status) {
  if (!absl::IsPermissionDenied(status)) return status;
  return absl::UnimplementedError(status.message());
}

/// Prosody's plain files show the newest message for every time after it.
bool IsOutside(const ArchiveSearch& search, const ArchivedMessage& message) {
  if (!message.time.has_value()) return false;
  // Some archives tell whole seconds only.
  const absl::Time time = *message.time;
  return (search.start.has_value() && time < *search.start - absl::Seconds(1)) ||
         (search.end.has_value() && time > *search.end + absl::Seconds(1));
}

/// Brings what came, oldest first, into the order of @p search, and says where to go on.
void Arrange(const ArchiveSearch& search, const QDomElement& fin, bool complete,
             ArchiveSlice& slice) {
  auto& messages = slice.messages;
  if (search.newest_first) std::reverse(messages.begin(), messages.end());
  size_t bytes = 0;
  const auto too_much = std::find_if(messages.begin(), messages.end(), [&bytes](const auto& next) {
    const bool full = bytes >= kMaximumSliceBytes;
    bytes += next.body.size() + next.xml.size();
    return full;
  });
  complete = complete && too_much == messages.end();
  messages.erase(too_much, messages.end());
  const auto set = Child(fin, QStringLiteral("set"), kRsm);
  bool counted = false;
  const auto total = set.firstChildElement(QStringLiteral("count")).text().toLongLong(&counted);
  if (counted && total >= 0) slice.total = total;
  if (!complete && !messages.empty()) slice.next = messages.back().archive_id;
  // An archive that repeats itself does not keep anybody for ever.
  if (slice.next == search.behind) slice.next.clear();
  std::erase_if(messages, [&search](const auto& message) { return IsOutside(search, message); });
}

void StartBehind(const ArchiveSearch& search, ArchiveQuestion& question) {
  if (search.newest_first) {
    question.before = search.behind;
  } else if (!search.behind.empty()) {
    question.after = search.behind;
  }
}

absl::StatusOr<ArchivePreferences> PreferencesOf(const absl::StatusOr<QDomElement>& answer) {
  if (!answer.ok()) return OrNoArchive(answer.status());
  return ReadPreferences(Child(*answer, QStringLiteral("prefs"), kArchiveNamespace));
}

}  // namespace

void ArchiveClient::Ask(ArchiveQuestion question, std::function<void(const QDomElement&)> take,
                        Completion<Answer> done) {
  // Cannot be guessed, so nobody else can answer.
  const std::string query_id = RandomUuid();
  running_[query_id] = {question.archive.empty() ? stream_.account() : question.archive,
                        question.maximum, false, std::move(take)};
  const std::string to = question.archive;
  PayloadIq iq(QXmppIq::Set, to, [query_id, question = std::move(question)](auto& xml) {
    WriteArchiveQuery(xml, query_id, question);
  });
  stream_.Request(
      std::move(iq),
      Completion<QDomElement>([this, query_id, done = std::move(done)](auto answer) mutable {
        const auto query = running_.extract(query_id);
        if (!answer.ok()) {
          done(answer.status());
          return;
        }
        const auto fin = Child(*answer, QStringLiteral("fin"), kArchiveNamespace);
        done(Answer{fin, IsComplete(fin) && !query.mapped().cut});
      }));
}

bool ArchiveClient::OnStanza(const QDomElement& stanza) {
  if (stanza.tagName() != QStringLiteral("message")) return false;
  const auto result = Child(stanza, QStringLiteral("result"), kArchiveNamespace);
  if (result.isNull()) return false;
  const auto found = running_.find(result.attribute(QStringLiteral("queryid")).toStdString());
  // A result that nobody asked for, or of somebody else, is nothing: also no message.
  if (found == running_.end()) return true;
  Running& query = found->second;
  const auto from = stanza.attribute(QStringLiteral("from"));
  const bool own = from.isEmpty() && query.archive == stream_.account();
  if (!own && (from.contains(u'/') || BareOf(from.toStdString()) != query.archive)) return true;
  if (query.left == 0) {
    query.cut = true;
    return true;
  }
  --query.left;
  query.take(result);
  return true;
}

void ArchiveClient::Query(const ArchiveQuery& query, Completion<ArchivePage> done) {
  ArchiveQuestion question;
  question.start = query.start;
  question.maximum = static_cast<size_t>(query.maximum);
  if (query.newest) question.before = "";
  if (!query.after.empty()) question.after = query.after;
  auto page = std::make_shared<ArchivePage>();
  Ask(
      std::move(question),
      [this, page](const auto& result) {
        page->messages.push_back(ToIncoming(result, stream_.account()));
      },
      Completion<Answer>([page, done = std::move(done)](const auto& answer) mutable {
        if (!answer.ok()) {
          done(ForCatchUp(answer.status()));
          return;
        }
        page->complete = answer->complete;
        done(std::move(*page));
      }));
}

void ArchiveClient::Search(const ArchiveSearch& search, Completion<ArchiveSlice> done) {
  ArchiveQuestion question;
  question.archive = search.archive;
  question.with = search.peer;
  question.start = search.start;
  question.end = search.end;
  question.maximum = search.limit;
  StartBehind(search, question);
  auto slice = std::make_shared<ArchiveSlice>();
  Ask(
      std::move(question),
      [this, slice, with_xml = search.with_xml](const auto& result) {
        ArchivedMessage message = ToArchived(result, stream_.account(), with_xml);
        // Without a usable id there is no place for it in the order.
        const bool usable =
            !message.archive_id.empty() && message.archive_id.size() <= kMaximumIdBytes;
        if (usable) slice->messages.push_back(std::move(message));
      },
      Completion<Answer>([this, slice, search, done = std::move(done)](const auto& answer) mutable {
        if (!answer.ok()) {
          done(OrNoArchive(answer.status()));
          return;
        }
        const bool doubtful = slice->messages.empty() && !search.behind.empty();
        Arrange(search, answer->fin, answer->complete, *slice);
        if (doubtful) {
          CheckPlace(search, std::move(*slice), std::move(done));
        } else {
          done(std::move(*slice));
        }
      }));
}

void ArchiveClient::AskOne(ArchiveQuestion question, Completion<std::string> done) {
  question.maximum = 1;
  auto id = std::make_shared<std::string>();
  Ask(
      std::move(question),
      [id](const auto& result) { *id = result.attribute(QStringLiteral("id")).toStdString(); },
      Completion<Answer>([id, done = std::move(done)](const auto& answer) mutable {
        if (answer.ok()) {
          done(std::move(*id));
        } else {
          done(OrNoArchive(answer.status()));
        }
      }));
}

void ArchiveClient::CheckPlace(const ArchiveSearch& search, ArchiveSlice empty,
                               Completion<ArchiveSlice> done) {
  ArchiveQuestion anything;
  anything.archive = search.archive;
  ArchiveQuestion end = anything;
  StartBehind(search, anything);
  if (!search.newest_first) end.before = "";
  auto finish = [behind = search.behind, empty = std::move(empty),
                 done = std::move(done)](absl::StatusOr<std::string> last) mutable {
    if (!last.ok()) {
      done(last.status());
    } else if (*last == behind) {
      done(std::move(empty));
    } else {
      done(StanzaErrorStatus({"item-not-found", "no message with this id is in the archive"}));
    }
  };
  // Something of somebody else comes behind it, or it is the last one itself.
  AskOne(std::move(anything),
         Completion<std::string>([this, end = std::move(end), behind = search.behind,
                                  finish = std::move(finish)](const auto& next) mutable {
           if (!next.ok()) {
             finish(next.status());
           } else if (!next->empty()) {
             finish(behind);
           } else {
             AskOne(std::move(end), Completion<std::string>(std::move(finish)));
           }
         }));
}

void ArchiveClient::GetPreferences(Completion<ArchivePreferences> done) {
  PayloadIq iq(QXmppIq::Get, "", [](auto& xml) { WritePreferencesRequest(xml); });
  stream_.Request(std::move(iq),
                  Completion<QDomElement>([done = std::move(done)](const auto& answer) mutable {
                    done(PreferencesOf(answer));
                  }));
}

void ArchiveClient::SetPreferences(const ArchivePreferences& preferences,
                                   Completion<ArchivePreferences> done) {
  PayloadIq iq(QXmppIq::Set, "", [preferences](auto& xml) { WritePreferences(xml, preferences); });
  stream_.Request(std::move(iq),
                  Completion<QDomElement>([done = std::move(done)](const auto& answer) mutable {
                    done(PreferencesOf(answer));
                  }));
}

}  // namespace chatwire::xmpp
