#include "xmpp-service/domain/file_send.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/file_errors.h"
#include "xmpp-service/domain/room_error.h"
#include "xmpp-service/domain/web_url.h"

namespace chatwire::xmpp {
namespace {

absl::Status Invalid(const char* reason, absl::string_view message) {
  return Error(absl::StatusCode::kInvalidArgument, reason, message);
}

absl::Status RequestIdReused() {
  return Error(absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED",
               "the same `request_id` was used with another recipient or file");
}

absl::Status SizeMismatch(int64_t declared) {
  return Invalid("SIZE_MISMATCH", absl::StrCat("the file does not have the ", declared,
                                               " bytes that `size_bytes` says"));
}

}  // namespace

std::shared_ptr<FileSend> FileSend::Start(const FileContext& context, NewFile file,
                                          std::shared_ptr<FileSendListener> listener) {
  std::shared_ptr<FileSend> send(new FileSend(context, std::move(file), std::move(listener)));
  send->Post([self = send.get()] { self->Begin(); });
  return send;
}

template <typename Function>
void FileSend::Post(Function function) {
  context_.executor.Post([self = shared_from_this(), function = std::move(function)]() mutable {
    if (!self->ended_) function();
  });
}

template <typename T, typename Function>
Completion<T> FileSend::Bind(Function function) {
  return Completion<T>([self = shared_from_this(),
                        function = std::move(function)](absl::StatusOr<T> result) mutable {
    self->Post([function = std::move(function), result = std::move(result)]() mutable {
      function(std::move(result));
    });
  });
}

template <typename T, typename Ask, typename Function>
void FileSend::AskServer(Ask ask, Function function) {
  const auto agent = context_.accounts.Find(file_.account);
  if (!agent.ok()) {
    Finish(agent.status());
    return;
  }
  (*agent)->UseSession([ask = std::move(ask), done = Bind<T>(std::move(function))](
                           absl::StatusOr<Session*> session) mutable {
    if (!session.ok()) {
      done(session.status());
    } else if (UploadPort* port = (*session)->ports().upload; port != nullptr) {
      ask(*port, std::move(done));
    } else {
      done(NoUploadService());
    }
  });
}

void FileSend::Begin() {
  const absl::Status valid = CheckNewFile(file_);
  if (!valid.ok()) {
    Finish(valid);
    return;
  }
  auto ticket = context_.limit.Enter(file_.account);
  if (!ticket.ok()) {
    Finish(ticket.status());
    return;
  }
  ticket_ = *std::move(ticket);
  context_.log.Find(
      file_.account, file_.request_id,
      Bind<std::optional<UploadedFile>>([this](const auto& found) { OnFound(found); }));
}

void FileSend::OnFound(const absl::StatusOr<std::optional<UploadedFile>>& found) {
  if (!found.ok()) {
    Finish(found.status());
  } else if (found->has_value()) {
    SendMessage(**found);
  } else if (file_.size_bytes > context_.rules.maximum_upload_bytes) {
    Finish(FileTooLarge(context_.rules.maximum_upload_bytes));
  } else if (file_.to_room) {
    CheckRoom();
  } else {
    FindService();
  }
}

void FileSend::CheckRoom() {
  const auto agent = context_.accounts.Find(file_.account);
  if (!agent.ok()) {
    Finish(agent.status());
    return;
  }
  (*agent)->UseRooms([room = file_.to, done = Bind<bool>([this](const auto& known) {
                                         if (known.ok() && *known) {
                                           FindService();
                                         } else {
                                           Finish(known.ok() ? NotInRoom(file_.to)
                                                             : known.status());
                                         }
                                       })](RoomKeeper& rooms) mutable { done(rooms.Knows(room)); });
}

void FileSend::FindService() {
  AskServer<UploadService>(
      [](UploadPort& port, Completion<UploadService> done) { port.FindService(std::move(done)); },
      [this](const auto& service) { OnService(service); });
}

void FileSend::OnService(const absl::StatusOr<UploadService>& service) {
  if (!service.ok()) {
    Finish(service.status());
    return;
  }
  if (service->maximum_bytes > 0 && file_.size_bytes > service->maximum_bytes) {
    Finish(FileTooLarge(service->maximum_bytes));
    return;
  }
  service_ = service->jid;
  auto spool = context_.spool.Create();
  if (!spool.ok()) {
    Finish(spool.status());
    return;
  }
  spool_ = *std::move(spool);
  receiving_ = true;
  WatchCaller(0);
  Tell(SendFileStage::kReady);
}

void FileSend::WatchCaller(int64_t received) {
  context_.executor.PostAfter(context_.rules.stall_timeout, [weak = weak_from_this(), received] {
    const auto self = weak.lock();
    if (self == nullptr || self->ended_ || !self->receiving_) return;
    if (self->progress_.received_bytes == received) {
      self->Finish(TransferStalled("the caller"));
    } else {
      self->WatchCaller(self->progress_.received_bytes);
    }
  });
}

void FileSend::Append(std::string bytes, Completion<bool> taken) {
  Post([this, bytes = std::move(bytes), taken = std::move(taken)]() mutable {
    const absl::Status status = Take(bytes);
    if (!status.ok()) {
      Finish(status);
      return;
    }
    Tell(SendFileStage::kReceiving);
    taken(true);
  });
}

absl::Status FileSend::Take(const std::string& bytes) {
  if (bytes.empty() || bytes.size() > kMaximumChunkBytes) {
    return Invalid("BAD_CHUNK",
                   absl::StrCat("a chunk is empty or over ", kMaximumChunkBytes, " bytes"));
  }
  const auto size = static_cast<int64_t>(bytes.size());
  if (!receiving_ || size > file_.size_bytes - progress_.received_bytes) {
    return SizeMismatch(file_.size_bytes);
  }
  const absl::Status kept = spool_->Append(bytes);
  if (!kept.ok()) return kept;
  hash_.Update(bytes);
  progress_.received_bytes += size;
  return absl::OkStatus();
}

absl::Status FileSend::CheckBytes() {
  if (!receiving_ || progress_.received_bytes != file_.size_bytes) {
    return SizeMismatch(file_.size_bytes);
  }
  receiving_ = false;
  sha256_ = hash_.Finish();
  if (!file_.sha256.empty() && file_.sha256 != sha256_) {
    return Invalid("HASH_MISMATCH", "the bytes that came do not have the hash `sha256`");
  }
  return absl::OkStatus();
}

void FileSend::End() {
  Post([this] {
    const absl::Status complete = CheckBytes();
    if (complete.ok()) {
      RequestSlot();
    } else {
      Finish(complete);
    }
  });
}

void FileSend::RequestSlot() {
  Tell(SendFileStage::kSlotRequested);
  AskServer<UploadSlot>(
      [request = UploadRequest{service_, file_.file_name, file_.media_type, file_.size_bytes}](
          UploadPort& port, Completion<UploadSlot> done) {
        port.RequestSlot(request, std::move(done));
      },
      [this](auto slot) { OnSlot(std::move(slot)); });
}

void FileSend::OnSlot(absl::StatusOr<UploadSlot> slot) {
  absl::Status status = slot.status();
  if (status.ok()) status = CheckUrl(slot->put_url, context_.rules.allow_http);
  if (status.ok()) status = CheckUrl(slot->get_url, context_.rules.allow_http);
  if (status.ok()) {
    Upload(*slot);
  } else {
    Finish(status);
  }
}

void FileSend::Upload(const UploadSlot& slot) {
  url_ = slot.get_url;
  Tell(SendFileStage::kUploading);
  HttpUpload upload;
  upload.url = slot.put_url;
  upload.media_type = file_.media_type;
  upload.headers = slot.headers;
  upload.size_bytes = file_.size_bytes;
  upload.read = [spool = spool_, offset = int64_t{0}](char* to, size_t size) mutable {
    const size_t got = spool->Read(offset, to, size);
    offset += static_cast<int64_t>(got);
    return got;
  };
  upload.on_progress = [weak = weak_from_this()](int64_t bytes) {
    if (const auto self = weak.lock()) self->TellUploaded(bytes);
  };
  transfer_ = context_.http.Upload(
      std::move(upload), Bind<bool>([this](const auto& done) { OnUploaded(done.status()); }));
}

void FileSend::TellUploaded(int64_t bytes) {
  uploaded_ = bytes;
  // One at a time is under way to the executor.
  if (telling_.exchange(true)) return;
  Post([this] {
    telling_ = false;
    if (progress_.stage != SendFileStage::kUploading) return;
    progress_.uploaded_bytes = uploaded_;
    Tell(SendFileStage::kUploading);
  });
}

void FileSend::OnUploaded(const absl::Status& uploaded) {
  transfer_.reset();
  spool_.reset();
  if (!uploaded.ok()) {
    Finish(uploaded);
    return;
  }
  progress_.uploaded_bytes = file_.size_bytes;
  Tell(SendFileStage::kUploading);
  // Before the message: a retry finds the URL, so that both mean the same message.
  context_.log.Remember({file_.account, file_.request_id, ContentOf(file_), url_, file_.file_name,
                         file_.media_type, file_.size_bytes, sha256_},
                        Bind<UploadedFile>([this](const auto& file) { SendMessage(file); }));
}

void FileSend::SendMessage(const absl::StatusOr<UploadedFile>& uploaded) {
  if (!uploaded.ok()) {
    Finish(uploaded.status());
    return;
  }
  const std::string& known = sha256_.empty() ? file_.sha256 : sha256_;
  if (uploaded->content != ContentOf(file_) || (!known.empty() && uploaded->sha256 != known)) {
    Finish(RequestIdReused());
    return;
  }
  if (file_.to_room) {
    SendToRoom(*uploaded);
  } else {
    SendToContact(*uploaded);
  }
}

template <typename Accepted>
Completion<Accepted> FileSend::FinishWith(const UploadedFile& file) {
  return Bind<Accepted>([this, file](const absl::StatusOr<Accepted>& accepted) {
    if (accepted.ok()) {
      Finish(
          SentFile{file, accepted->message.message_id, accepted->accept_time, accepted->replayed});
    } else {
      Finish(accepted.status());
    }
  });
}

// Programs show a file in the chat when body and URL are the same.

void FileSend::SendToRoom(const UploadedFile& file) {
  NewRoomMessage message{file_.account, file_.to, "", file.url, file_.request_id};
  message.details.attachments = {{file.url, file_.caption, file.file_name, file.media_type}};
  context_.room_sender.Send(std::move(message), absl::ZeroDuration(),
                            FinishWith<AcceptedRoomMessage>(file));
}

void FileSend::SendToContact(const UploadedFile& file) {
  NewMessage message;
  message.account = file_.account;
  message.to = file_.to;
  message.body = file.url;
  message.request_id = file_.request_id;
  message.details.attachments = {{file.url, file_.caption, file.file_name, file.media_type}};
  context_.sender.Send(std::move(message), absl::ZeroDuration(), FinishWith<AcceptedMessage>(file));
}

void FileSend::Tell(SendFileStage stage) {
  progress_.stage = stage;
  listener_->OnProgress(progress_);
}

void FileSend::Fail(absl::Status status) {
  Post([this, status = std::move(status)] { Finish(status); });
}

void FileSend::Finish(absl::StatusOr<SentFile> sent) {
  ended_ = true;
  receiving_ = false;
  if (transfer_.has_value()) context_.http.Cancel(*transfer_);
  spool_.reset();
  ticket_.reset();
  // Each keeps the other alive until here.
  const auto listener = std::move(listener_);
  listener->OnSent(std::move(sent));
}

}  // namespace chatwire::xmpp
