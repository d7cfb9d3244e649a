#include "cli/menu/checkbox_screen.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/substitute.h"
#include "cli/call.h"
#include "cli/chat/call_lane.h"
#include "cli/menu/checkbox_board.h"
#include "cli/menu/checkbox_follower.h"
#include "cli/menu/menu_keys.h"
#include "cli/menu/page_screen.h"
#include "cli/rpc/contracts.h"
#include "cli/rpc/unary.h"
#include "cli/screen/full_screen.h"
#include "cli/translate.h"
#include "common/uuid.h"

namespace chatwire::cli {
namespace {

constexpr char kListRpc[] = "mqtt.v1.CheckboxService.ListCheckboxes";
constexpr char kSetRpc[] = "mqtt.v1.CheckboxService.SetCheckbox";

/// Address and token are better wrong before there is a screen.
absl::Status CheckService(Session& session) {
  mqtt::v1::ListCheckboxesRequest request;
  request.set_page_size(1);
  mqtt::v1::ListCheckboxesResponse response;
  return CallUnary(session, MethodNamed(kListRpc), OrdinaryCall(session), request, response);
}

ListView ViewOf(const CheckboxBoard& board) {
  ListView view{Tr("Checkboxes"),
                {},
                board.Lines(),
                board.at(),
                Tr("Arrows; the blank key: on or off; q: back")};
  if (!board.trouble.empty()) view.notes.push_back(board.trouble);
  if (view.lines.empty()) {
    view.notes.push_back(board.complete()
                             ? Tr("There are none yet. Make one: chatwire checkbox create lamp")
                             : Tr("loading ..."));
  }
  return view;
}

/// The board with what works for it on other threads.
class BoardThreads {
 public:
  BoardThreads(Session& session, UiQueue& queue) : session_(session), queue_(queue) {}

  CheckboxBoard& board() { return board_; }

  void Start() {
    CheckboxFollower::Handler handler;
    handler.anew = [this] { queue_.Post([this] { board_.Clear(); }); };
    handler.told = [this](const mqtt::v1::WatchCheckboxesResponse& response) {
      queue_.Post([this, response] {
        board_.Apply(response);
        if (std::exchange(lost_, false)) board_.trouble.clear();
      });
    };
    handler.lost = [this](const std::string& why) {
      queue_.Post([this, why] {
        lost_ = true;
        board_.trouble = absl::Substitute(Tr("connection lost, reconnecting: $0"), why);
      });
    };
    lane_ = std::make_unique<CallLane>(
        session_,
        CallLane::Limits{.timeout = session_.settings.timeout, .wait_for_service = false});
    follower_ = std::make_unique<CheckboxFollower>(session_, std::move(handler));
  }

  void Stop() {
    follower_.reset();
    lane_.reset();
  }

  void Toggle() {
    const auto request = board_.Toggle(RandomUuid());
    if (!request.has_value()) return;
    lane_->Add(kSetRpc, *request,
               [this](const absl::Status& status,
                      const std::shared_ptr<google::protobuf::Message>& /*response*/) {
                 queue_.Post([this, why = std::string(status.message())] { board_.trouble = why; });
               });
  }

 private:
  Session& session_;
  UiQueue& queue_;
  CheckboxBoard board_;
  /// Whether the trouble is that of the stream.
  bool lost_ = false;
  std::unique_ptr<CallLane> lane_;
  std::unique_ptr<CheckboxFollower> follower_;
};

}  // namespace

absl::Status RunCheckboxScreen(Session& session) {
  absl::Status checked = CheckService(session);
  if (!checked.ok()) return checked;
  FullScreen screen;
  BoardThreads threads(session, screen.queue());
  bool over = false;
  FullScreenContent content;
  content.draw = [&](const ScreenSize& size) { return Shown(ViewOf(threads.board()), size); };
  content.key = [&](const ftxui::Event& event) {
    const MenuKey key = MenuKeyOf(event);
    if (key == MenuKey::kBack) over = true;
    if (key == MenuKey::kTake) threads.Toggle();
    threads.board().Press(key);
  };
  content.over = [&] { return over; };
  content.interrupted = [&] { over = true; };
  content.remark = [&](const std::string& text) { threads.board().trouble = text; };
  content.begin = [&] { threads.Start(); };
  content.end = [&] { threads.Stop(); };
  return screen.Run(session.output, content);
}

}  // namespace chatwire::cli
