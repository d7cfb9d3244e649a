#include "common/sha256.h"

#include <sodium.h>

namespace chatwire {

static_assert(Sha256::kSize == crypto_hash_sha256_BYTES);

struct Sha256::State {
  crypto_hash_sha256_state state;
};

Sha256::Sha256() : state_(std::make_unique<State>()) { crypto_hash_sha256_init(&state_->state); }

Sha256::~Sha256() = default;

void Sha256::Update(absl::string_view bytes) {
  crypto_hash_sha256_update(&state_->state, reinterpret_cast<const unsigned char*>(bytes.data()),
                            bytes.size());
}

std::string Sha256::Finish() {
  std::string hash(kSize, '\0');
  crypto_hash_sha256_final(&state_->state, reinterpret_cast<unsigned char*>(hash.data()));
  return hash;
}

}  // namespace chatwire
