#include "mqtt-service/feed/checkbox_form_offer.h"

#include <chrono>
#include <utility>

#include "absl/log/log.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/rpc/grpc_status.h"
#include "common/uuid.h"
#include "mqtt-service/domain/reply_text.h"

namespace chatwire::mqtt {
namespace {

namespace v1 = xmpp::v1;

constexpr std::chrono::seconds kAnswerDeadline{10};
/// More than the longest wait for devices, and no more than xmpp-service allows.
constexpr absl::Duration kAnswerMargin = absl::Seconds(10);
constexpr absl::Duration kLongestAnswer = absl::Seconds(60);

v1::OfferCommandsRequest MakeOffer(const CheckboxFormOffer::Options& options) {
  v1::OfferCommandsRequest request;
  request.set_account(options.account);
  v1::Command& command = *request.add_commands();
  command.set_node(kCheckboxFormNode);
  command.set_name("Checkboxes");
  request.set_audience(options.to_everybody ? v1::COMMAND_AUDIENCE_EVERYBODY
                                            : v1::COMMAND_AUDIENCE_CONTACTS);
  const absl::Duration answer = std::min(options.patience + kAnswerMargin, kLongestAnswer);
  request.mutable_answer_timeout()->set_seconds(absl::ToInt64Seconds(answer));
  return request;
}

/// One AnswerCommand, until its answer is there.
struct Call {
  grpc::ClientContext context;
  v1::AnswerCommandRequest request;
  v1::AnswerCommandResponse response;
};

}  // namespace

/// A finished form, whose devices have not all answered yet.
struct CheckboxFormOffer::Gathering {
  std::shared_ptr<Stub> stub;
  Answer answer;
  Language language = Language::kEnglish;
  std::vector<FormChange> changes;
  size_t open = 0;
};

CheckboxFormOffer::CheckboxFormOffer(XmppChannel& channel, Store& store,
                                     ConfirmationWaiters& waiters, WorkQueue& queue,
                                     CheckboxForm form, Options options)
    : channel_(channel),
      store_(store),
      waiters_(waiters),
      queue_(queue),
      form_(std::move(form)),
      options_(std::move(options)) {}

absl::Status CheckboxFormOffer::Open() {
  auto channel = channel_.Get();
  if (!channel.ok()) return channel.status();
  auto context = std::make_unique<grpc::ClientContext>();
  const absl::Status attached = channel_.Attach(*context);
  if (!attached.ok()) return attached;
  stub_ = v1::CommandService::NewStub(*channel);
  {
    MutexLock lock(mutex_);
    if (interrupted_) return absl::CancelledError("the service is stopping");
    context_ = std::move(context);
    reader_ = stub_->OfferCommands(context_.get(), MakeOffer(options_));
  }
  // The first response is sent at once, so this tells whether the form is offered.
  v1::OfferCommandsResponse first;
  if (reader_->Read(&first)) return absl::OkStatus();
  const absl::Status end = FromGrpcStatus(reader_->Finish());
  return absl::Status(end.code(), absl::StrCat("xmpp-service: ", end.message()));
}

absl::Status CheckboxFormOffer::Serve() {
  v1::OfferCommandsResponse response;
  while (reader_->Read(&response)) {
    if (response.has_requested()) Handle(response.requested());
    if (response.has_ended()) form_.Close(response.ended().session_id());
  }
  const absl::Status end = FromGrpcStatus(reader_->Finish());
  return absl::Status(end.ok() ? absl::StatusCode::kUnavailable : end.code(),
                      absl::StrCat("xmpp-service: ", end.message()));
}

void CheckboxFormOffer::Close() {
  reader_.reset();
  MutexLock lock(mutex_);
  context_.reset();
}

void CheckboxFormOffer::Interrupt() {
  MutexLock lock(mutex_);
  interrupted_ = true;
  if (context_ != nullptr) context_->TryCancel();
}

void CheckboxFormOffer::Handle(const v1::CommandRequested& requested) {
  const FormStep step = StepFromProto(requested);
  const Language language = LanguageOfTag(requested.language());
  Answer answer;
  answer.set_account(options_.account);
  answer.set_session_id(requested.session_id());
  answer.set_step(requested.step());
  answer.set_request_id(RandomUuid());
  if (step.action == FormStep::Action::kComplete) {
    return Complete(std::move(answer), step, language);
  }
  absl::StatusOr<FormPage> page;
  const absl::Status read = store_.Read([&](Transaction& transaction) {
    page = form_.Show(transaction, step);
    return page.status();
  });
  if (read.ok()) {
    *answer.mutable_continues() = ToProto(*page, language);
  } else {
    *answer.mutable_fails() = FailureToProto(read);
  }
  Send(stub_, std::move(answer));
}

void CheckboxFormOffer::Complete(Answer answer, const FormStep& step, Language language) {
  absl::StatusOr<std::vector<FormChange>> changes;
  const absl::Status written = store_.Write([&](Transaction& transaction) {
    changes = form_.Complete(transaction, step);
    return changes.status();
  });
  form_.Close(step.session_id);
  if (!written.ok()) {
    *answer.mutable_fails() = FailureToProto(written);
    return Send(stub_, std::move(answer));
  }
  auto gathering = std::make_shared<Gathering>();
  gathering->stub = stub_;
  gathering->answer = std::move(answer);
  gathering->language = language;
  gathering->changes = *std::move(changes);
  queue_.Post([this, gathering] { Gather(gathering); });
}

void CheckboxFormOffer::Gather(const std::shared_ptr<Gathering>& gathering) {
  const auto finish = [this, gathering] {
    if (--gathering->open > 0) return;
    *gathering->answer.mutable_completes() =
        ToProto(Lines(gathering->changes, gathering->language), gathering->language);
    Send(gathering->stub, std::move(gathering->answer));
  };
  // One more, so that it is not finished before all are waited for.
  gathering->open = gathering->changes.size() + 1;
  const absl::Time deadline = absl::Now() + options_.patience;
  for (const FormChange& change : gathering->changes) {
    if (change.command_id.empty()) {
      finish();
    } else {
      waiters_.Wait(change.command_id, deadline,
                    Completion<bool>([finish](const absl::StatusOr<bool>&) { finish(); }));
    }
  }
  finish();
}

/// As each checkbox is now, in the words of the chat.
std::vector<FormResultLine> CheckboxFormOffer::Lines(const std::vector<FormChange>& changes,
                                                     Language language) {
  std::vector<FormResultLine> lines;
  const absl::Status read = store_.Read([&](Transaction& transaction) {
    for (const FormChange& change : changes) {
      const std::string& name = change.checkbox.name;
      const auto now = FindCheckbox(transaction, name);
      const std::string& title = change.checkbox.title;
      lines.push_back(
          {name, title.empty() ? name : title,
           now.ok() ? reply_text::HowItIs(*now, language) : reply_text::Deleted(name, language)});
    }
    return absl::OkStatus();
  });
  if (!read.ok()) LOG(ERROR) << "checkbox form: " << read.message();
  return lines;
}

void CheckboxFormOffer::Send(const std::shared_ptr<Stub>& stub, Answer answer) {
  auto call = std::make_shared<Call>();
  call->request = std::move(answer);
  call->context.set_deadline(std::chrono::system_clock::now() + kAnswerDeadline);
  const absl::Status attached = channel_.Attach(call->context);
  if (!attached.ok()) {
    LOG(WARNING) << "checkbox form: " << attached.message();
    return;
  }
  stub->async()->AnswerCommand(
      &call->context, &call->request, &call->response, [call, stub](const grpc::Status& status) {
        if (!status.ok()) LOG(INFO) << "checkbox form: no answer given: " << status.error_message();
      });
}

}  // namespace chatwire::mqtt
