#include "tests/support/event_loop.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTimer>

namespace chatwire::testing {

void EnsureQtApplication() {
  static int argc = 1;
  static char name[] = "test";
  static char* argv[] = {name, nullptr};
  if (QCoreApplication::instance() == nullptr) {
    // Left to the end of the process: sockets of static fixtures may outlive any other place.
    [[maybe_unused]] static auto* application = new QCoreApplication(argc, argv);
  }
}

bool WaitUntil(const std::function<bool()>& condition, std::chrono::milliseconds deadline) {
  QDeadlineTimer timer(deadline);
  QTimer wake_up;  // ends a wait in which no other event comes, to look at the deadline
  wake_up.start(std::chrono::milliseconds(10));
  while (!condition()) {
    if (timer.hasExpired()) return false;
    QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
  }
  return true;
}

void RunUntilQuiet(std::chrono::milliseconds quiet) {
  WaitUntil([] { return false; }, quiet);
}

}  // namespace chatwire::testing
