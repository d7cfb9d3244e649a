#ifndef CHATWIRE_XMPP_SERVICE_RPC_SERVICES_H_
#define CHATWIRE_XMPP_SERVICE_RPC_SERVICES_H_

#include "common/auth/token_store.h"
#include "common/clock.h"
#include "xmpp-service/domain/account_directory.h"
#include "xmpp-service/domain/directed_presence_store.h"
#include "xmpp-service/domain/event_log.h"
#include "xmpp-service/domain/executor.h"
#include "xmpp-service/domain/history.h"
#include "xmpp-service/domain/message_sender.h"
#include "xmpp-service/domain/outbox.h"
#include "xmpp-service/domain/rate_limiter.h"
#include "xmpp-service/domain/registrar.h"
#include "xmpp-service/domain/request_log.h"
#include "xmpp-service/domain/subscription_store.h"

namespace chatwire::xmpp {

/// What the gRPC services work with. All of it outlives them.
struct ServiceContext {
  TokenStore& tokens;
  AccountDirectory& accounts;
  Registrar& registrar;
  RateLimiter& registration_limit;
  MessageSender& sender;
  Outbox& outbox;
  SubscriptionStore& subscriptions;
  DirectedPresenceStore& directed;
  EventLog& log;
  History& history;
  RequestLog& requests;
  /// A thread that may wait for the disk; also for timers.
  Executor& background;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_SERVICES_H_
