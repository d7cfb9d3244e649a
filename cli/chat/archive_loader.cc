#include "cli/chat/archive_loader.h"

#include <algorithm>

#include "cli/chat/history_message.h"
#include "common/error.h"
#include "common/rpc/time.h"

namespace chatwire::cli {
namespace {

constexpr int kPageSize = 50;
/// So many pages are read for one that has something new in it.
constexpr int kMostPages = 10;
/// The clocks of the service and of the archive may differ.
constexpr absl::Duration kClocksDiffer = absl::Minutes(1);

/// Where the service's log of the conversation begins.
absl::Time BeginningOfLog(const Conversation& conversation) {
  for (const ChatMessage& message : conversation.messages()) {
    if (message.sequence > 0) return message.time + kClocksDiffer;
  }
  return absl::InfiniteFuture();
}

xmpp::v1::FetchArchiveRequest RequestFor(const Conversation& conversation,
                                         const std::string& account) {
  xmpp::v1::FetchArchiveRequest request;
  request.set_account(account);
  if (conversation.kind() == ChatKind::kRoom) {
    request.set_archive(conversation.jid());
  } else {
    request.set_peer(conversation.jid());
  }
  request.set_page_size(kPageSize);
  request.set_page_token(conversation.archive.page);
  if (conversation.archive.end != absl::InfiniteFuture()) {
    *request.mutable_end_time() = ToProto(conversation.archive.end);
  }
  return request;
}

/// Returns how many messages are new.
int Add(const xmpp::v1::FetchArchiveResponse& page, Conversation& conversation,
        const std::string& account) {
  int added = 0;
  for (const auto& past : page.messages()) {
    ChatMessage message = MessageOf(past, conversation, account);
    // Receipts, reactions and the like.
    if (message.text.empty()) continue;
    message.wants_marker = false;
    // It could not be there else.
    if (message.own) message.delivery = Delivery::kServer;
    if (conversation.AddArchived(std::move(message), past.replaces_id())) ++added;
  }
  return added;
}

}  // namespace

void ArchiveLoader::LoadOlder(Conversation& conversation) {
  ArchivePages& archive = conversation.archive;
  // Of what was said in private in a room servers keep this or that, under names that change.
  const bool kept = conversation.kind() != ChatKind::kPrivate;
  if (!kept || conversation.loading || archive.finished) return;
  if (!archive.begun) archive.end = BeginningOfLog(conversation);
  archive.begun = true;
  Fetch(conversation, kMostPages);
}

void ArchiveLoader::Fetch(Conversation& conversation, int pages) {
  conversation.loading = true;
  const std::string jid = conversation.jid();
  context_.Ask<xmpp::v1::FetchArchiveResponse>(
      ChatCalls::Lane::kRequests, "xmpp.v1.ChatService.FetchArchive",
      RequestFor(conversation, context_.model.account),
      [this, jid, pages](const absl::Status& status,
                         const xmpp::v1::FetchArchiveResponse& response) {
        Conversation* const found = context_.model.Find(jid);
        if (found != nullptr) OnPage(*found, status, response, pages);
      });
}

void ArchiveLoader::OnPage(Conversation& conversation, const absl::Status& status,
                           const xmpp::v1::FetchArchiveResponse& response, int pages) {
  ArchivePages& archive = conversation.archive;
  conversation.loading = false;
  archive.trouble.clear();
  if (ReasonOf(status) == "NO_ARCHIVE") {
    archive.finished = true;
    return;
  }
  if (!status.ok()) {
    archive.trouble = std::string(status.message());
    return;
  }
  archive.page = response.next_page_token();
  archive.finished = archive.page.empty();
  archive.fetched += response.messages_size();
  archive.total = std::max(response.total_count(), archive.total);
  const bool added = Add(response, conversation, context_.model.account) > 0;
  if (!added && !archive.finished && pages > 1) Fetch(conversation, pages - 1);
}

}  // namespace chatwire::cli
