#include "xmpp-service/wire/chat_event_proto.h"

#include <utility>

#include "common/rpc/time.h"
#include "xmpp-service/domain/sent_event.h"
#include "xmpp-service/wire/mapping.h"

namespace chatwire::xmpp {
namespace {

v1::MessageSource SourceToProto(MessageSource source) {
  switch (source) {
    case MessageSource::kLive:
      return v1::MESSAGE_SOURCE_LIVE;
    case MessageSource::kArchive:
      return v1::MESSAGE_SOURCE_ARCHIVE;
    case MessageSource::kCarbon:
      return v1::MESSAGE_SOURCE_CARBON;
    case MessageSource::kApi:
      return v1::MESSAGE_SOURCE_API;
  }
  return v1::MESSAGE_SOURCE_UNSPECIFIED;
}

template <typename Proto>
void FillDetails(const MessageDetails& in, Proto& out) {
  out.set_type(static_cast<v1::MessageType>(in.type));
  out.set_subject(in.subject);
  out.set_thread(in.thread);
  out.set_parent_thread(in.parent_thread);
  out.set_xhtml(in.xhtml);
  if (in.reply.has_value()) {
    out.mutable_reply()->set_message_id(in.reply->message_id);
    out.mutable_reply()->set_author(in.reply->author);
    out.mutable_reply()->set_quote(in.reply->quote);
  }
  out.set_receipt_requested(in.receipt_requested);
  out.set_markable(in.markable);
}

template <typename Proto>
void FillAttachments(const MessageDetails& in, Proto& out) {
  for (const Attachment& attachment : in.attachments) *out.add_attachments() = ToProto(attachment);
}

template <typename Proto>
std::vector<Attachment> AttachmentsOf(const Proto& in) {
  std::vector<Attachment> attachments;
  for (const auto& one : in.attachments()) {
    attachments.push_back({one.url(), one.description(), one.file_name(), one.media_type()});
  }
  return attachments;
}

template <typename Proto>
MessageDetails DetailsOf(const Proto& in) {
  MessageDetails out;
  if (in.type() != v1::MESSAGE_TYPE_UNSPECIFIED) out.type = static_cast<MessageType>(in.type());
  out.subject = in.subject();
  out.thread = in.thread();
  out.parent_thread = in.parent_thread();
  out.xhtml = in.xhtml();
  if (in.has_reply()) {
    out.reply = Reply{in.reply().message_id(), in.reply().author(), in.reply().quote()};
  }
  out.receipt_requested = in.receipt_requested();
  out.markable = in.markable();
  return out;
}

/// What all that happens to a message has in common.
template <typename Happening, typename Proto>
void FillHappening(const Happening& in, Proto& out) {
  out.set_from(in.from);
  *out.mutable_sent_time() = chatwire::ToProto(in.sent_time);
  out.set_source(SourceToProto(in.source));
}

}  // namespace

v1::Attachment ToProto(const Attachment& attachment) {
  v1::Attachment proto;
  proto.set_url(attachment.url);
  proto.set_file_name(attachment.file_name);
  proto.set_description(attachment.description);
  proto.set_media_type(attachment.media_type);
  return proto;
}

void Fill(const MessageReceived& in, v1::Event& event) {
  auto* out = event.mutable_message_received();
  FillHappening(in, *out);
  out->set_to(in.to);
  out->set_body(in.body);
  out->set_message_id(in.message_id);
  out->set_archive_id(in.archive_id);
  out->set_from_contact(in.from_contact);
  out->set_body_truncated(in.body_truncated);
  FillDetails(in.details, *out);
  FillAttachments(in.details, *out);
  out->set_origin_id(in.origin_id);
  out->set_delayed(in.delayed);
}

void Fill(const MessageSent& in, v1::Event& event) {
  auto* out = event.mutable_message_sent();
  out->set_to(in.to);
  out->set_body(in.body);
  out->set_message_id(in.message_id);
  out->set_source(SourceToProto(in.source));
  *out->mutable_sent_time() = chatwire::ToProto(in.sent_time);
  FillDetails(in.details, *out);
  FillAttachments(in.details, *out);
}

void Fill(const MessageAcknowledged& in, v1::Event& event) {
  event.mutable_message_acknowledged()->set_to(in.to);
  event.mutable_message_acknowledged()->set_message_id(in.message_id);
}

void Fill(const MessageFailed& in, v1::Event& event) {
  auto* out = event.mutable_message_failed();
  out->set_to(in.to);
  out->set_message_id(in.message_id);
  out->set_condition(in.error.condition);
  out->set_text(in.error.text);
}

void Fill(const ChatStateReceived& in, v1::Event& event) {
  event.mutable_chat_state_received()->set_from(in.from);
  event.mutable_chat_state_received()->set_state(ToProto(in.state));
}

void Fill(const MessageCorrected& in, v1::Event& event) {
  auto* out = event.mutable_message_corrected();
  FillHappening(in, *out);
  out->set_to(in.to);
  out->set_corrected_message_id(in.corrected_id);
  out->set_body(in.body);
  out->set_body_truncated(in.body_truncated);
  out->set_message_id(in.message_id);
  out->set_archive_id(in.archive_id);
  out->set_own(in.own);
  out->set_from_contact(in.from_contact);
  FillDetails(in.details, *out);
}

void Fill(const MessageRetracted& in, v1::Event& event) {
  auto* out = event.mutable_message_retracted();
  FillHappening(in, *out);
  out->set_to(in.to);
  out->set_retracted_message_id(in.retracted_id);
  out->set_message_id(in.message_id);
  out->set_own(in.own);
}

void Fill(const MessageReacted& in, v1::Event& event) {
  auto* out = event.mutable_message_reacted();
  FillHappening(in, *out);
  out->set_to(in.to);
  out->set_target_message_id(in.target_id);
  for (const std::string& reaction : in.reactions) out->add_reactions(reaction);
  out->set_own(in.own);
}

void Fill(const MessageDelivered& in, v1::Event& event) {
  auto* out = event.mutable_message_delivered();
  FillHappening(in, *out);
  out->set_message_id(in.message_id);
}

void Fill(const MessageMarked& in, v1::Event& event) {
  auto* out = event.mutable_message_marked();
  FillHappening(in, *out);
  out->set_to(in.to);
  out->set_marked_message_id(in.marked_id);
  out->set_marker(static_cast<v1::Marker>(in.marker));
  out->set_own(in.own);
}

std::string EncodeContent(const OutgoingMessage& message) {
  // As the event that tells of it: one mapping for both.
  v1::Event event;
  std::visit(
      [&event](const auto& payload) {
        if constexpr (requires { Fill(payload, event); }) Fill(payload, event);
      },
      SentEvent("", OutgoingMessage{0, "", "", message.body, message.details, message.action},
                absl::UnixEpoch()));
  return event.SerializeAsString();
}

absl::Status DecodeContent(const std::string& encoded, OutgoingMessage& message) {
  v1::Event event;
  if (event.ParseFromString(encoded)) {
    if (event.has_message_sent()) {
      message.body = event.message_sent().body();
      message.details = DetailsOf(event.message_sent());
      message.details.attachments = AttachmentsOf(event.message_sent());
      return absl::OkStatus();
    }
    if (event.has_message_corrected()) {
      message.body = event.message_corrected().body();
      message.details = DetailsOf(event.message_corrected());
      message.action = Correction{event.message_corrected().corrected_message_id()};
      return absl::OkStatus();
    }
    if (event.has_message_retracted()) {
      message.action = Retraction{event.message_retracted().retracted_message_id()};
      return absl::OkStatus();
    }
    if (event.has_message_reacted()) {
      const auto& reacted = event.message_reacted();
      message.action = Reaction{reacted.target_message_id(),
                                {reacted.reactions().begin(), reacted.reactions().end()}};
      return absl::OkStatus();
    }
    if (event.has_message_marked()) {
      message.action = Marking{event.message_marked().marked_message_id(),
                               static_cast<Marker>(event.message_marked().marker())};
      return absl::OkStatus();
    }
  }
  return absl::DataLossError("a message of the outbox is damaged");
}

// The domain's numbers are those of the API.
static_assert(static_cast<int>(MessageType::kChat) == v1::MESSAGE_TYPE_CHAT);
static_assert(static_cast<int>(MessageType::kHeadline) == v1::MESSAGE_TYPE_HEADLINE);
static_assert(static_cast<int>(Marker::kReceived) == v1::MARKER_RECEIVED);
static_assert(static_cast<int>(Marker::kAcknowledged) == v1::MARKER_ACKNOWLEDGED);

}  // namespace chatwire::xmpp
