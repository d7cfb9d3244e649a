#include "tests/component/mqtt-service/mosquitto.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <utility>

#include "absl/log/check.h"
#include "absl/strings/str_cat.h"
#include "tests/component/mqtt-service/eventually.h"

namespace chatwire::mqtt {
namespace {

sockaddr_in Loopback(int port) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(port));
  return address;
}

bool Accepts(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = Loopback(port);
  const bool accepted = connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
  close(fd);
  return accepted;
}

}  // namespace

int FreePort() {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof(address);
  CHECK_EQ(bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  CHECK_EQ(getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size), 0);
  close(fd);
  return ntohs(address.sin_port);
}

Mosquitto::Mosquitto(std::string folder, std::string more)
    : folder_(std::move(folder)), more_(std::move(more)), port_(FreePort()) {}

Mosquitto::~Mosquitto() { Kill(); }

std::string Mosquitto::uri() const { return absl::StrCat("tcp://127.0.0.1:", port_); }

void Mosquitto::Start() {
  const std::string config = folder_ + "/mosquitto.conf";
  std::ofstream(config) << "listener " << port_
                        << " 127.0.0.1\n"
                        // Started by root it would become another user, who cannot read the folder.
                        << "user root\n"
                        << more_;
  pid_ = fork();
  CHECK_GE(pid_, 0);
  if (pid_ == 0) {
    const int log = open((folder_ + "/mosquitto.log").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(log, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    execlp("mosquitto", "mosquitto", "-c", config.c_str(), nullptr);
    _exit(127);
  }
  CHECK(Eventually([this] { return Accepts(port_); }))
      << "Mosquitto does not start; see " << folder_ << "/mosquitto.log";
}

void Mosquitto::Kill() {
  if (pid_ <= 0) return;
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

}  // namespace chatwire::mqtt
