#ifndef CHATWIRE_XMPP_SERVICE_SESSION_USER_SEARCH_CLIENT_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_USER_SEARCH_CLIENT_H_

#include <functional>
#include <string>

#include "xmpp-service/domain/user_search_port.h"
#include "xmpp-service/session/session_part.h"
#include "xmpp-service/session/stream.h"

namespace chatwire::xmpp {

/// Searches for users (XEP-0055), with data forms and with the older plain fields.
class UserSearchClient final : public SessionPart, public UserSearchPort {
 public:
  explicit UserSearchClient(Stream& stream) : stream_(stream) {}

  void GetForm(const std::string& service, Completion<DataForm> done) override;
  void Search(const std::string& service, const DataForm& answer,
              Completion<FoundUsers> done) override;
  void SearchAll(const std::string& service, Completion<FoundUsers> done) override;

 private:
  struct Question {
    DataForm form;
    /// The service knows no data forms.
    bool plain = false;
  };

  void Ask(const std::string& service, Completion<Question> done);
  /// Asks for the form, has @p fill fill it in, and sends it.
  void Submit(const std::string& service, std::function<DataForm(const DataForm&)> fill,
              Completion<FoundUsers> done);

  Stream& stream_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_USER_SEARCH_CLIENT_H_
