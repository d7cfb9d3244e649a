#include "xmpp-service/rpc/live_streams.h"

#include <utility>

namespace chatwire::xmpp {

void LiveStreams::Add(const std::shared_ptr<EndableStream>& stream) {
  absl::Status end;
  {
    MutexLock lock(mutex_);
    std::erase_if(streams_, [](const auto& weak) { return weak.expired(); });
    streams_.push_back(stream);
    end = end_;
  }
  if (!end.ok()) stream->End(end);
}

void LiveStreams::EndAll(const absl::Status& status) {
  std::vector<std::weak_ptr<EndableStream>> streams;
  {
    MutexLock lock(mutex_);
    end_ = status;
    streams = std::exchange(streams_, {});
  }
  for (const auto& weak : streams) {
    if (const auto stream = weak.lock()) stream->End(status);
  }
}

}  // namespace chatwire::xmpp
