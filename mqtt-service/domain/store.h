#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_STORE_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_STORE_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "mqtt-service/domain/chat_log.h"
#include "mqtt-service/domain/checkbox_table.h"
#include "mqtt-service/domain/command_table.h"
#include "mqtt-service/domain/delivery_log.h"
#include "mqtt-service/domain/device_table.h"
#include "mqtt-service/domain/discovery_log.h"
#include "mqtt-service/domain/outbox.h"
#include "mqtt-service/domain/request_log.h"
#include "mqtt-service/domain/watch_list.h"

namespace chatwire::mqtt {

/// Everything that is stored, inside one transaction.
///
/// The tables' methods return plain values: the first error of the database is kept by the
/// transaction, later calls then do nothing and return nothing, and Store::Write rolls back and
/// returns that error. So rules read like rules and cannot commit half of their work.
class Transaction {
 public:
  virtual ~Transaction() = default;

  virtual CheckboxTable& checkboxes() = 0;
  virtual CommandTable& commands() = 0;
  virtual Outbox& outbox() = 0;
  virtual ChatLog& chat() = 0;
  virtual RequestLog& requests() = 0;
  virtual DeliveryLog& deliveries() = 0;
  virtual WatchList& watches() = 0;
  virtual DiscoveryLog& discovery() = 0;
  virtual DeviceTable& devices() = 0;
};

/// What a committed transaction touched.
struct Commit {
  bool checkboxes = false;
  /// A checkbox came, went, or is called or reached otherwise.
  bool inventory = false;
  /// A device is reached through other topics.
  bool devices = false;
  bool commands = false;
  bool outbox = false;
  bool replies = false;
  /// Commands that ended.
  std::vector<std::string> ended_commands;
};

/// The one durable store of the service. Implemented by store/sqlite_store.h.
///
/// Thread-safe; a call blocks for the time of a local commit. No listener and no caller may hold a
/// lock that another caller waits for.
class Store {
 public:
  using Work = std::function<absl::Status(Transaction&)>;
  using Listener = std::function<void(const Commit&)>;

  virtual ~Store() = default;

  /// Runs @p work in one transaction: committed and durable when it and the call return OK, else
  /// nothing of it happened.
  virtual absl::Status Write(const Work& work) = 0;

  /// Runs @p work, which only reads, on a consistent view.
  virtual absl::Status Read(const Work& work) = 0;

  /// Calls @p listener after every commit, on the thread that committed and without the store's
  /// lock. It must not block. Only while the service is being wired.
  virtual void AddListener(Listener listener) = 0;

  /// Unique id of this store, made with it: part of resume tokens.
  virtual const std::string& id() const = 0;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_STORE_H_
