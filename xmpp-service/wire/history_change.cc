#include "xmpp-service/wire/history_change.h"

#include <algorithm>
#include <utility>

#include "xmpp-service/domain/jid.h"

namespace chatwire::xmpp {
namespace {

// In a chat of two there are two.
constexpr int kMaximumReacting = 100;

template <typename Payload>
HistoryChange ByAuthor(const Payload& in, std::string message_id) {
  return {BareOf(in.own() ? in.to() : in.from()), std::move(message_id), in.own()};
}

HistoryChange ByRecipient(const v1::MessageMarked& in) {
  HistoryChange change = ByAuthor(in, in.marked_message_id());
  change.own = !in.own();
  change.displayed = in.marker() == v1::MARKER_DISPLAYED || in.marker() == v1::MARKER_ACKNOWLEDGED;
  return change;
}

void Correct(const v1::MessageCorrected& in, v1::HistoryMessage& state) {
  state.set_edited(true);
  *state.mutable_edit_time() = in.sent_time();
  state.set_body(in.body());
  state.set_body_truncated(in.body_truncated());
  state.set_subject(in.subject());
  state.set_xhtml(in.xhtml());
}

void Retract(const google::protobuf::Timestamp& time, v1::HistoryMessage& state) {
  state.set_retracted(true);
  *state.mutable_retract_time() = time;
  for (std::string* text : {state.mutable_body(), state.mutable_subject(), state.mutable_xhtml()}) {
    text->clear();
  }
  state.clear_reactions();
}

void React(const v1::MessageReacted& in, v1::HistoryMessage& state) {
  const std::string from = BareOf(in.from());
  auto& all = *state.mutable_reactions();
  auto place = std::find_if(all.begin(), all.end(),
                            [&from](const auto& reacting) { return reacting.from() == from; });
  if (in.reactions().empty()) {
    if (place != all.end()) all.erase(place);
    return;
  }
  if (place == all.end()) {
    if (all.size() >= kMaximumReacting) return;
    all.Add();
    place = all.end() - 1;
  }
  place->set_from(from);
  place->set_own(in.own());
  *place->mutable_reactions() = in.reactions();
}

/// How far it has come only grows; but who has received a message did not refuse it.
void Advance(v1::HistoryDelivery delivery, v1::HistoryMessage& state) {
  const bool refused = state.delivery() == v1::HISTORY_DELIVERY_FAILED;
  const auto before = refused ? v1::HISTORY_DELIVERY_SERVER_ACK : state.delivery();
  if (delivery <= before) return;
  state.set_delivery(delivery);
  state.clear_failure_condition();
  state.clear_failure_text();
}

void Fail(const v1::MessageFailed& in, v1::HistoryMessage& state) {
  if (state.delivery() == v1::HISTORY_DELIVERY_RECEIVED) return;
  state.set_delivery(v1::HISTORY_DELIVERY_FAILED);
  state.set_failure_condition(in.condition());
  state.set_failure_text(in.text());
}

}  // namespace

std::optional<HistoryChange> HistoryChangeOf(const v1::Event& event) {
  switch (event.payload_case()) {
    case v1::Event::kMessageAcknowledged: {
      const auto& in = event.message_acknowledged();
      return HistoryChange{BareOf(in.to()), in.message_id(), true};
    }
    case v1::Event::kMessageFailed: {
      const auto& in = event.message_failed();
      return HistoryChange{BareOf(in.to()), in.message_id(), true};
    }
    case v1::Event::kMessageDelivered: {
      const auto& in = event.message_delivered();
      return HistoryChange{BareOf(in.from()), in.message_id(), true};
    }
    case v1::Event::kMessageCorrected: {
      const auto& in = event.message_corrected();
      return ByAuthor(in, in.corrected_message_id());
    }
    case v1::Event::kMessageRetracted: {
      const auto& in = event.message_retracted();
      return ByAuthor(in, in.retracted_message_id());
    }
    case v1::Event::kMessageReacted: {
      HistoryChange change =
          ByAuthor(event.message_reacted(), event.message_reacted().target_message_id());
      change.own.reset();
      return change;
    }
    case v1::Event::kMessageMarked:
      return ByRecipient(event.message_marked());
    case v1::Event::kMessageModerated: {
      const auto& in = event.message_moderated();
      return HistoryChange{BareOf(in.room()), in.stanza_id(), std::nullopt};
    }
    default:
      return std::nullopt;
  }
}

void ApplyChange(const v1::Event& event, v1::HistoryMessage& state) {
  switch (event.payload_case()) {
    case v1::Event::kMessageAcknowledged:
      Advance(v1::HISTORY_DELIVERY_SERVER_ACK, state);
      break;
    case v1::Event::kMessageFailed:
      Fail(event.message_failed(), state);
      break;
    case v1::Event::kMessageDelivered:
      Advance(v1::HISTORY_DELIVERY_RECEIVED, state);
      break;
    case v1::Event::kMessageMarked:
      // What is marked as received by the account itself is no delivery of its own messages.
      if (!event.message_marked().own()) Advance(v1::HISTORY_DELIVERY_RECEIVED, state);
      break;
    case v1::Event::kMessageCorrected:
      if (!state.retracted()) Correct(event.message_corrected(), state);
      break;
    case v1::Event::kMessageRetracted:
      Retract(event.message_retracted().sent_time(), state);
      break;
    case v1::Event::kMessageReacted:
      if (!state.retracted()) React(event.message_reacted(), state);
      break;
    case v1::Event::kMessageModerated:
      Retract(event.message_moderated().moderate_time(), state);
      state.set_retracted_by(event.message_moderated().moderator());
      state.set_retract_reason(event.message_moderated().reason());
      break;
    default:
      break;
  }
}

void MergeState(const v1::HistoryMessage& state, v1::HistoryMessage& message) {
  if (state.edited() || state.retracted()) {
    message.clear_body();
    message.clear_body_truncated();
    message.clear_subject();
    message.clear_xhtml();
    message.clear_attachments();
  }
  message.MergeFrom(state);
}

void MarkDisplayed(v1::HistoryMessage& message) {
  if (!message.outgoing()) {
    message.set_read(true);
  } else if (message.delivery() != v1::HISTORY_DELIVERY_FAILED) {
    message.set_delivery(v1::HISTORY_DELIVERY_DISPLAYED);
  }
}

}  // namespace chatwire::xmpp
