#include "common/backoff.h"

#include <algorithm>
#include <memory>
#include <random>
#include <utility>

namespace chatwire {

Backoff::Backoff(Limits limits, Random random)
    : limits_(limits), random_(std::move(random)), bound_(limits.initial) {}

absl::Duration Backoff::Next() {
  const absl::Duration floor = limits_.initial / 10;
  const absl::Duration wait = floor + random_() * (bound_ - floor);
  bound_ = std::min(bound_ * 2, limits_.maximum);
  return wait;
}

void Backoff::Reset() { bound_ = limits_.initial; }

Backoff::Random Backoff::DefaultRandom() {
  auto engine = std::make_shared<std::mt19937_64>(std::random_device{}());
  return [engine] { return std::uniform_real_distribution<double>(0.0, 1.0)(*engine); };
}

}  // namespace chatwire
