// ChatService's calls about archives.
#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/uuid.h"
#include "xmpp-service/domain/archive_port.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/rpc/chat_service.h"
#include "xmpp-service/rpc/history_filter.h"
#include "xmpp-service/rpc/scopes.h"
#include "xmpp-service/rpc/session_call.h"
#include "xmpp-service/wire/archive_proto.h"

namespace chatwire::xmpp {
namespace {

constexpr int32_t kDefaultPage = 50;
constexpr int32_t kMaximumPage = 250;
constexpr size_t kMaximumIdBytes = 1024;
constexpr int kMaximumListedJids = 1000;

absl::Status Invalid(const char* reason, absl::string_view message) {
  return Error(absl::StatusCode::kInvalidArgument, reason, message);
}

absl::Status ReadPlace(const v1::FetchArchiveRequest& request, ArchiveSearch& search) {
  const auto page = ParsePage(request.page_size(), request.page_token());
  if (!page.ok()) return page.status();
  const int32_t size = request.page_size() == 0 ? kDefaultPage : request.page_size();
  search.limit = static_cast<size_t>(std::min(size, kMaximumPage));
  const std::string& wrong = search.newest_first ? request.after_id() : request.before_id();
  search.behind = search.newest_first ? request.before_id() : request.after_id();
  if (!wrong.empty()) {
    return Invalid("BAD_ARCHIVE_ID",
                   "`after_id` goes with OLDEST_FIRST, `before_id` with NEWEST_FIRST");
  }
  if (search.behind.size() > kMaximumIdBytes || !IsXmlText(search.behind)) {
    return Invalid("BAD_ARCHIVE_ID", "`after_id` or `before_id` is no archive id");
  }
  if (page->after.empty()) return absl::OkStatus();
  auto place = PlaceInOrder(page->after, search.newest_first);
  if (!place.ok()) return place.status();
  if (place->size() > kMaximumIdBytes || !IsXmlText(*place)) {
    return BadHistoryPage("`page_token` is not one that this service has given");
  }
  search.behind = *std::move(place);
  return absl::OkStatus();
}

absl::StatusOr<ArchiveSearch> ToSearch(const v1::FetchArchiveRequest& request) {
  ArchiveSearch search;
  search.with_xml = request.include_xml();
  if (!request.archive().empty()) {
    const auto archive = Jid::ParseBare(request.archive());
    if (!archive.ok()) return archive.status();
    search.archive = archive->Bare();
  }
  absl::Status status = ReadHistoryFilter(request, search);
  if (status.ok()) status = ReadPlace(request, search);
  if (!status.ok()) return status;
  return search;
}

absl::StatusOr<std::vector<std::string>> ReadJids(
    const google::protobuf::RepeatedPtrField<std::string>& texts) {
  if (texts.size() > kMaximumListedJids) {
    return Invalid("BAD_ARCHIVE_PREFERENCES", absl::StrCat("a list has ", texts.size(),
                                                           " JIDs; at most ", kMaximumListedJids));
  }
  std::vector<std::string> jids;
  for (const std::string& text : texts) {
    const auto jid = Jid::Parse(text);
    if (!jid.ok()) return jid.status();
    jids.push_back(jid->Full());
  }
  return jids;
}

absl::StatusOr<ArchivePreferences> ToPreferences(
    const v1::UpdateArchivePreferencesRequest& request) {
  if (!IsUuid(request.request_id())) {
    return Invalid("BAD_REQUEST_ID", "`request_id` is missing or not a UUID");
  }
  const auto fallback = FromProto(request.preferences().default_behavior());
  if (!fallback.has_value()) {
    return Invalid("BAD_ARCHIVE_PREFERENCES", "`default_behavior` is unspecified or unknown");
  }
  auto always = ReadJids(request.preferences().always());
  if (!always.ok()) return always.status();
  auto never = ReadJids(request.preferences().never());
  if (!never.ok()) return never.status();
  const std::set<std::string> listed(always->begin(), always->end());
  for (const std::string& jid : *never) {
    if (listed.count(jid) == 0) continue;
    return Invalid("BAD_ARCHIVE_PREFERENCES", absl::StrCat(jid, " is in both lists"));
  }
  return ArchivePreferences{*fallback, *std::move(always), *std::move(never)};
}

/// Asks the archive of the session, which sessions in tests may not have.
template <typename Result, typename Ask>
void AskArchive(Session& session, Completion<Result> done, Ask ask) {
  ArchivePort* archive = session.ports().archive;
  if (archive == nullptr) {
    done(Error(absl::StatusCode::kUnimplemented, "NO_ARCHIVE", "the session has no archive"));
  } else {
    ask(*archive, std::move(done));
  }
}

}  // namespace

grpc::ServerUnaryReactor* ChatService::FetchArchive(grpc::CallbackServerContext* context,
                                                    const v1::FetchArchiveRequest* request,
                                                    v1::FetchArchiveResponse* response) {
  const auto account =
      AuthorizeAccount(*context, context_.tokens, scope::kChat, request->account());
  if (!account.ok()) return Answer(context, account.status());
  auto search = ToSearch(*request);
  if (!search.ok()) return Answer(context, search.status());
  const bool newest_first = search->newest_first;
  return AskSession<ArchiveSlice>(
      context, context_, scope::kChat, *account,
      [search = *std::move(search)](Session& session, Completion<ArchiveSlice> done) {
        AskArchive(session, std::move(done), [&search](ArchivePort& archive, auto next) {
          archive.Search(search, std::move(next));
        });
      },
      [response, newest_first](const ArchiveSlice& slice) {
        for (const auto& message : slice.messages) *response->add_messages() = ToProto(message);
        response->set_complete(slice.next.empty());
        if (slice.total.has_value()) response->set_total_count(*slice.total);
        if (!slice.next.empty()) {
          response->set_next_page_token(OrderedPageToken(slice.next, newest_first));
        }
      });
}

grpc::ServerUnaryReactor* ChatService::GetArchivePreferences(
    grpc::CallbackServerContext* context, const v1::GetArchivePreferencesRequest* request,
    v1::GetArchivePreferencesResponse* response) {
  return AskSession<ArchivePreferences>(
      context, context_, scope::kChat, request->account(),
      [](Session& session, Completion<ArchivePreferences> done) {
        AskArchive(session, std::move(done), [](ArchivePort& archive, auto next) {
          archive.GetPreferences(std::move(next));
        });
      },
      [response](const ArchivePreferences& preferences) {
        *response->mutable_preferences() = ToProto(preferences);
      });
}

grpc::ServerUnaryReactor* ChatService::UpdateArchivePreferences(
    grpc::CallbackServerContext* context, const v1::UpdateArchivePreferencesRequest* request,
    v1::UpdateArchivePreferencesResponse* response) {
  const auto account =
      AuthorizeAccount(*context, context_.tokens, scope::kChat, request->account());
  if (!account.ok()) return Answer(context, account.status());
  auto preferences = ToPreferences(*request);
  if (!preferences.ok()) return Answer(context, preferences.status());
  return AskSession<ArchivePreferences>(
      context, context_, scope::kChat, *account,
      [preferences = *std::move(preferences)](Session& session,
                                              Completion<ArchivePreferences> done) {
        AskArchive(session, std::move(done), [&preferences](ArchivePort& archive, auto next) {
          archive.SetPreferences(preferences, std::move(next));
        });
      },
      [response](const ArchivePreferences& now) {
        *response->mutable_preferences() = ToProto(now);
      });
}

}  // namespace chatwire::xmpp
