# shellcheck shell=bash
# The container engine: finds Docker or Podman, installs and starts Docker where that is possible. Sourced.
#
# Sets ENGINE (docker or podman) and ENGINE_SOCKET. CHATWIRE_ENGINE in the environment chooses one.

ENGINE=
ENGINE_SOCKET=
DOCKERD_PID=
DOCKER_PID_FILE=${DOCKER_PID_FILE:-/var/run/docker.pid}

_answers() { timeout 20 "$1" info >/dev/null 2>&1; }
_installed() { command -v "$1" >/dev/null 2>&1 || [[ -x /usr/sbin/$1 ]]; }
_is_root() { [[ $(id -u) == 0 ]]; }
_has_systemd() { [[ -d /run/systemd/system ]]; }

# Sets ENGINE to the first engine that answers.
_find_running_engine() {
  local candidate
  for candidate in ${CHATWIRE_ENGINE:-docker podman}; do
    _installed "$candidate" || continue
    if _answers "$candidate"; then
      ENGINE=$candidate
      return 0
    fi
  done
  return 1
}

_is_debian_like() {
  [[ -r /etc/os-release ]] && command -v apt-get >/dev/null &&
    grep -Eq '^ID(_LIKE)?=.*(debian|ubuntu)' /etc/os-release
}

_install_docker() {
  step "Installing docker.io from this machine's packages: no container engine is here"
  run_logged apt-update apt-get update || die "apt-get update failed." \
    "Repair this machine's package sources, or install Docker or Podman by hand, and run the command again."
  local packages=(docker.io iptables ca-certificates)
  # Newer releases keep the client in a package of its own.
  if ! _installed docker && [[ -n $(apt-cache search --names-only '^docker-cli$') ]]; then
    packages+=(docker-cli)
  fi
  DEBIAN_FRONTEND=noninteractive run_logged apt-docker apt-get install -y --no-install-recommends \
    "${packages[@]}" || die "docker.io could not be installed." \
    "Install Docker or Podman by hand and run the command again."
  hash -r
}

# A pid file whose process is gone, or is another program by now, keeps dockerd from starting.
_remove_stale_pid_file() {
  local file=$1 program=$2 pid
  [[ -f $file ]] || return 0
  pid=$(cat "$file" 2>/dev/null || true)
  if [[ $pid =~ ^[0-9]+$ && $(cat "/proc/$pid/comm" 2>/dev/null || true) == "$program"* ]]; then
    return 0
  fi
  note "removing $file: left by an engine that no longer runs"
  rm -f "$file"
}

_start_dockerd() {
  if _has_systemd; then
    step "Starting Docker through systemd"
    systemctl start docker || die "systemd could not start Docker." \
      "See what it says: journalctl -u docker -n 50"
    return
  fi
  step "Starting dockerd in the background: this machine has no init to do it"
  _remove_stale_pid_file "$DOCKER_PID_FILE" dockerd
  _remove_stale_pid_file /var/run/docker/containerd/containerd.pid containerd
  mkdir -p "$CHATWIRE_LOGS"
  PATH=$PATH:/usr/sbin:/sbin nohup setsid dockerd >"$CHATWIRE_LOGS/dockerd.log" 2>&1 </dev/null &
  DOCKERD_PID=$!
}

# True also when there is nothing left to wait for.
_docker_is_decided() {
  _answers docker && return
  [[ -n $DOCKERD_PID ]] && ! kill -0 "$DOCKERD_PID" 2>/dev/null
}

_wait_for_docker() {
  note "waiting for its socket (usually 2 to 5 s)"
  wait_for 60 "the Docker engine" _docker_is_decided || true
  _answers docker && return
  [[ -f $CHATWIRE_LOGS/dockerd.log ]] && tail -n 20 "$CHATWIRE_LOGS/dockerd.log" | sed 's/^/  | /' >&2
  die "the Docker engine did not start, or does not answer after 60 s." \
    "Its log is above (build/logs/dockerd.log, or journalctl -u docker). Start it by hand and run again."
}

# Not root: nothing can be installed or started here, so this tells the person exactly what to type.
_explain_engine() {
  if _installed docker; then
    die "docker is installed, but its engine does not answer you." \
      "If it is stopped:        sudo systemctl start docker" \
      "If it refuses you:       sudo usermod -aG docker $(id -un), then log in again" \
      "Or run as root:          sudo $0"
  fi
  die "this needs a container engine (Docker 20.10 or newer, or Podman 4 or newer), and none is here." \
    "On Debian or Ubuntu:     sudo apt-get install docker.io && sudo usermod -aG docker $(id -un)" \
    "                         then log in again and repeat the command" \
    "Or let it do that:       sudo $0" \
    "Elsewhere:               install Docker or Podman from your system's packages"
}

_find_socket() {
  if [[ $ENGINE == docker ]]; then
    ENGINE_SOCKET=${DOCKER_HOST:-unix:///var/run/docker.sock}
    ENGINE_SOCKET=${ENGINE_SOCKET#unix://}
    return
  fi
  # Podman has no daemon; compose needs its API for as long as it runs.
  ENGINE_SOCKET=${XDG_RUNTIME_DIR:-/run}/chatwire-podman.sock
}

# Leaves a working engine in ENGINE, or ends the command with what to do.
ensure_engine() {
  if ! _find_running_engine; then
    _is_root || _explain_engine
    [[ ${CHATWIRE_ENGINE:-docker} == docker ]] || die "$CHATWIRE_ENGINE does not work here." \
      "See what it says: $CHATWIRE_ENGINE info. Or unset CHATWIRE_ENGINE to use Docker."
    if ! _installed dockerd; then
      _is_debian_like || _explain_engine
      _install_docker
    fi
    _answers docker || _start_dockerd
    _wait_for_docker
    ENGINE=docker
  fi
  _find_socket
  step "Container engine: $ENGINE $("$ENGINE" version --format '{{.Server.Version}}' 2>/dev/null ||
    "$ENGINE" --version | awk '{print $NF}')"
}
