#ifndef CHATWIRE_XMPP_SERVICE_SESSION_BOOKMARK_XML_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_BOOKMARK_XML_H_

#include <QDomElement>
#include <QLatin1StringView>
#include <QXmlStreamWriter>
#include <optional>
#include <vector>

#include "xmpp-service/domain/bookmark.h"

namespace chatwire::xmpp {

inline constexpr QLatin1StringView kBookmarksNode("urn:xmpp:bookmarks:1");
inline constexpr QLatin1StringView kPubSubNamespace("http://jabber.org/protocol/pubsub");
inline constexpr QLatin1StringView kPublishOptions(
    "http://jabber.org/protocol/pubsub#publish-options");

/// An `item` of the node (XEP-0402) with every text cut to its limit; nothing where it is
/// no bookmark of a room.
std::optional<SecretBookmark> BookmarkOf(const QDomElement& item);

/// What the `items` hold: ordered by room, each room once, at most kMaximumBookmarks.
std::vector<SecretBookmark> BookmarksOf(const QDomElement& items);

/// `conference` as @p wish has it. @p before: the `item` that is there; null where there is none.
/// Its extensions stay, and its password unless there is another.
void WriteConference(QXmlStreamWriter& writer, const BookmarkWish& wish, const QDomElement& before);

/// The options under which bookmarks are kept: for the account's eyes only, and all of them
/// (XEP-0402, "Adding a Bookmark"; XEP-0223). @p form_type: what the form is for.
void WriteBookmarkOptions(QXmlStreamWriter& writer, QLatin1StringView form_type);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_BOOKMARK_XML_H_
