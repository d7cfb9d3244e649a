#ifndef CHATWIRE_TESTS_SUPPORT_EVENT_LOOP_H_
#define CHATWIRE_TESTS_SUPPORT_EVENT_LOOP_H_

#include <chrono>
#include <functional>

namespace chatwire::testing {

/// Creates the process's QCoreApplication unless there is one. To be called on the main thread.
void EnsureQtApplication();

/// Runs the calling thread's Qt event loop until @p condition holds; false when @p deadline passed.
///
/// The condition is looked at after every batch of events, so there is nothing to wait for longer
/// than necessary and no sleep.
bool WaitUntil(const std::function<bool()>& condition,
               std::chrono::milliseconds deadline = std::chrono::seconds(5));

/// Runs the event loop until it has nothing left to do for @p quiet: for tests that show that
/// something does *not* happen.
void RunUntilQuiet(std::chrono::milliseconds quiet = std::chrono::milliseconds(100));

}  // namespace chatwire::testing

#endif  // CHATWIRE_TESTS_SUPPORT_EVENT_LOOP_H_
