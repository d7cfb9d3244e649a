#ifndef CHATWIRE_XMPP_SERVICE_SESSION_BOOKMARK_CLIENT_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_BOOKMARK_CLIENT_H_

#include <functional>
#include <string>
#include <vector>

#include "xmpp-service/domain/bookmark_port.h"
#include "xmpp-service/session/session_part.h"
#include "xmpp-service/session/stream.h"

namespace chatwire::xmpp {

/// Bookmarks (XEP-0402) on the account's personal node, kept by publish options from everybody else
/// (XEP-0163, XEP-0223).
class BookmarkClient final : public SessionPart, public BookmarkPort {
 public:
  explicit BookmarkClient(Stream& stream) : stream_(stream) {}

  // SessionPart.
  QStringList Features() const override;
  bool OnStanza(const QDomElement& stanza) override;

  // BookmarkPort.
  void SetListener(BookmarkListener* listener) override { listener_ = listener; }
  void List(Completion<std::vector<SecretBookmark>> done) override;
  void Set(BookmarkWish wish, Completion<bool> done) override;
  void Remove(const std::string& room, Completion<bool> done) override;

 private:
  /// Asks whether the server can keep a node from others; OK, or why not.
  void CheckSupport(Completion<bool> done);
  /// The item of @p room; null where there is none.
  void ReadItem(const std::string& room, Completion<QDomElement> done);
  void Publish(BookmarkWish wish, const QDomElement& before, bool again, Completion<bool> done);
  /// Gives a node that is there already the options that bookmarks need.
  void Configure(Completion<bool> done);

  Stream& stream_;
  BookmarkListener* listener_ = nullptr;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_BOOKMARK_CLIENT_H_
