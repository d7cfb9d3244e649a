#include "xmpp-service/session/bookmark_xml.h"

#include <map>
#include <utility>

#include "xmpp-service/domain/room.h"
#include "xmpp-service/domain/room_error.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/session/xml.h"
#include "xmpp-service/session/xml_text.h"

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kForms("jabber:x:data");

std::string Cut(const QString& text, size_t maximum_bytes) {
  return TruncateUtf8(text.toStdString(), maximum_bytes);
}

QDomElement ConferenceOf(const QDomElement& item) {
  return Child(item, QStringLiteral("conference"), kBookmarksNode);
}

QString PasswordOf(const QDomElement& conference) {
  return Child(conference, QStringLiteral("password"), kBookmarksNode).text();
}

void WriteText(QXmlStreamWriter& writer, const QString& name, const QString& text) {
  if (!text.isEmpty()) writer.writeTextElement(name, text);
}

}  // namespace

std::optional<SecretBookmark> BookmarkOf(const QDomElement& item) {
  const auto conference = ConferenceOf(item);
  const auto room = ParseRoom(item.attribute(QStringLiteral("id")).toStdString());
  if (conference.isNull() || !room.ok()) return std::nullopt;
  SecretBookmark secret;
  secret.password = Cut(PasswordOf(conference), kMaximumBookmarkTextBytes);
  Bookmark& bookmark = secret.bookmark;
  bookmark.room = *room;
  bookmark.name = Cut(conference.attribute(QStringLiteral("name")), kMaximumBookmarkTextBytes);
  const QString autojoin = conference.attribute(QStringLiteral("autojoin"));
  bookmark.autojoin = autojoin == QStringLiteral("true") || autojoin == QStringLiteral("1");
  bookmark.nick =
      Cut(Child(conference, QStringLiteral("nick"), kBookmarksNode).text(), kMaximumNickBytes);
  bookmark.has_password = !secret.password.empty();
  return secret;
}

std::vector<SecretBookmark> BookmarksOf(const QDomElement& items) {
  std::map<std::string, SecretBookmark> by_room;
  const QString name = QStringLiteral("item");
  for (auto item = items.firstChildElement(name);
       !item.isNull() && by_room.size() < kMaximumBookmarks; item = item.nextSiblingElement(name)) {
    auto bookmark = BookmarkOf(item);
    if (bookmark.has_value()) by_room.emplace(bookmark->bookmark.room, *std::move(bookmark));
  }
  std::vector<SecretBookmark> bookmarks;
  for (auto& [room, bookmark] : by_room) bookmarks.push_back(std::move(bookmark));
  return bookmarks;
}

void WriteConference(QXmlStreamWriter& writer, const BookmarkWish& wish,
                     const QDomElement& before) {
  const QDomElement old = ConferenceOf(before);
  writer.writeStartElement(QStringLiteral("conference"));
  writer.writeDefaultNamespace(kBookmarksNode);
  if (!wish.bookmark.name.empty()) {
    writer.writeAttribute(QStringLiteral("name"), QString::fromStdString(wish.bookmark.name));
  }
  writer.writeAttribute(QStringLiteral("autojoin"),
                        wish.bookmark.autojoin ? QStringLiteral("true") : QStringLiteral("false"));
  WriteText(writer, QStringLiteral("nick"), QString::fromStdString(wish.bookmark.nick));
  WriteText(writer, QStringLiteral("password"),
            wish.password.has_value() ? QString::fromStdString(*wish.password) : PasswordOf(old));
  const QDomElement extensions = Child(old, QStringLiteral("extensions"), kBookmarksNode);
  if (!extensions.isNull() && IsShallow(extensions)) {
    WriteElement(writer, extensions, kBookmarksNode);
  }
  writer.writeEndElement();
}

void WriteBookmarkOptions(QXmlStreamWriter& writer, QLatin1StringView form_type) {
  writer.writeStartElement(QStringLiteral("x"));
  writer.writeDefaultNamespace(kForms);
  writer.writeAttribute(QStringLiteral("type"), QStringLiteral("submit"));
  const std::pair<const char*, QLatin1StringView> fields[] = {
      {"FORM_TYPE", form_type},
      {"pubsub#persist_items", QLatin1StringView("true")},
      {"pubsub#max_items", QLatin1StringView("max")},
      {"pubsub#send_last_published_item", QLatin1StringView("never")},
      {"pubsub#access_model", QLatin1StringView("whitelist")}};
  for (const auto& [name, value] : fields) {
    writer.writeStartElement(QStringLiteral("field"));
    writer.writeAttribute(QStringLiteral("var"), QLatin1StringView(name));
    if (QLatin1StringView(name) == QLatin1StringView("FORM_TYPE")) {
      writer.writeAttribute(QStringLiteral("type"), QStringLiteral("hidden"));
    }
    writer.writeTextElement(QStringLiteral("value"), value);
    writer.writeEndElement();
  }
  writer.writeEndElement();
}

}  // namespace chatwire::xmpp
