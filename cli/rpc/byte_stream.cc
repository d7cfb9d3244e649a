#include "cli/rpc/byte_stream.h"

#include <vector>

namespace chatwire::cli {

std::string BytesOf(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

ByteStream::ByteStream(const std::shared_ptr<grpc::Channel>& channel, grpc::ClientContext* context,
                       const std::string& path)
    : context_(context), stub_(channel) {
  stub_.PrepareBidiStreamingCall(context, path, grpc::StubOptions(), this);
  // Reads and writes begin outside of the reactions: the call must not end between two of them.
  AddHold();
  StartCall();
}

ByteStream::~ByteStream() {
  if (!held_) return;
  context_->TryCancel();
  Finish();
}

bool ByteStream::Write(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  write_buffer_ = grpc::ByteBuffer(&slice, 1);
  {
    MutexLock lock(mutex_);
    write_ = Step::kWaiting;
  }
  StartWrite(&write_buffer_);
  return Wait(write_);
}

void ByteStream::WritesDone() {
  {
    MutexLock lock(mutex_);
    write_ = Step::kWaiting;
  }
  StartWritesDone();
  Wait(write_);
}

bool ByteStream::Read(std::string* bytes) {
  {
    MutexLock lock(mutex_);
    read_ = Step::kWaiting;
  }
  StartRead(&read_buffer_);
  if (!Wait(read_)) return false;
  *bytes = BytesOf(read_buffer_);
  return true;
}

grpc::Status ByteStream::Finish() {
  if (held_) RemoveHold();
  held_ = false;
  MutexLock lock(mutex_);
  changed_.wait(lock.native(), [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return done_; });
  return status_;
}

bool ByteStream::Wait(Step& step) {
  MutexLock lock(mutex_);
  changed_.wait(lock.native(),
                [&step]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return step != Step::kWaiting; });
  return step == Step::kDone;
}

void ByteStream::Set(Step& step, bool ok) {
  MutexLock lock(mutex_);
  step = ok ? Step::kDone : Step::kFailed;
  changed_.notify_all();
}

void ByteStream::OnWriteDone(bool ok) { Set(write_, ok); }

void ByteStream::OnWritesDoneDone(bool ok) { Set(write_, ok); }

void ByteStream::OnReadDone(bool ok) { Set(read_, ok); }

void ByteStream::OnDone(const grpc::Status& status) {
  MutexLock lock(mutex_);
  status_ = status;
  done_ = true;
  changed_.notify_all();
}

}  // namespace chatwire::cli
