#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_WATCH_LIST_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_WATCH_LIST_H_

#include <cstdint>
#include <string>
#include <vector>

#include "mqtt-service/domain/chat_event.h"
#include "mqtt-service/domain/language.h"

namespace chatwire::mqtt {

/// Somebody wants to be told in chat when a checkbox changes.
struct ChatWatch {
  /// Bare JID of the account that tells.
  std::string account;
  /// Bare JID of who is told: a person or a room.
  std::string jid;
  std::string checkbox;
  Language language = Language::kEnglish;
  /// kDirect or kRoom.
  ChatPlace place = ChatPlace::kDirect;
};

/// Who watches what. See Transaction for errors.
class WatchList {
 public:
  virtual ~WatchList() = default;

  /// Adds @p watch, or changes its language.
  virtual void Add(const ChatWatch& watch) = 0;
  virtual void Remove(const std::string& account, const std::string& jid,
                      const std::string& checkbox) = 0;
  virtual void RemoveAll(const std::string& account, const std::string& jid) = 0;
  virtual void RemoveCheckbox(const std::string& checkbox) = 0;

  /// How many checkboxes @p jid watches through @p account.
  virtual int64_t CountOf(const std::string& account, const std::string& jid) = 0;
  virtual std::vector<ChatWatch> Of(const std::string& checkbox) = 0;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_WATCH_LIST_H_
