#include "mqtt-service/domain/watch_notice.h"

#include <algorithm>

#include "common/uuid.h"
#include "mqtt-service/domain/chat_event.h"
#include "mqtt-service/domain/reply_text.h"

namespace chatwire::mqtt {

void TellWatchers(Transaction& transaction, const Checkbox& checkbox, const Change& by,
                  const std::vector<ChatOrigin>& asked) {
  for (const ChatWatch& watch : transaction.watches().Of(checkbox.name)) {
    const bool answered =
        std::any_of(asked.begin(), asked.end(), [&watch](const ChatOrigin& origin) {
          return !origin.quiet && origin.account == watch.account && origin.place == watch.place &&
                 BareJid(origin.from) == watch.jid;
        });
    if (answered) continue;
    OwedReply notice;
    // Made in the transaction of the change, so it is never made a second time.
    notice.request_id = RandomUuid();
    notice.account = watch.account;
    notice.to = watch.jid;
    notice.place = watch.place;
    notice.text = reply_text::Changed(checkbox, by, watch.language);
    transaction.chat().AddReply(notice);
  }
}

}  // namespace chatwire::mqtt
