# shellcheck shell=bash
# Compose, version 2: the engine's own where there is one, else Debian's from the image `compose`. Sourced;
# needs log.sh, engine.sh and image.sh.

COMPOSE=()
COMPOSE_PROJECT=chatwire-demo
PODMAN_API_PID=

_is_compose_v2() { "$@" version --short 2>/dev/null | grep -Eq '^v?2\.'; }

_start_podman_api() {
  step "Starting Podman's API service: compose talks to it"
  podman system service --time=0 "unix://$ENGINE_SOCKET" >/dev/null 2>&1 &
  PODMAN_API_PID=$!
  trap 'kill "$PODMAN_API_PID" 2>/dev/null || true' EXIT
  wait_for 20 "Podman's API" test -S "$ENGINE_SOCKET" || die "Podman's API service did not start." \
    "Try it by hand: podman system service --time=0 unix://$ENGINE_SOCKET"
}

# The demo's containers find each other by name. In Podman that takes a program of its own, which a small
# installation lacks; without it, the first login would fail with "Domain name not found".
_check_podman_names() {
  local backend program=/dnsname package=golang-github-containernetworking-plugin-dnsname
  backend=$(podman info --format '{{.Host.NetworkBackend}}' 2>/dev/null || true)
  if [[ $backend == netavark ]]; then
    program=/aardvark-dns package=aardvark-dns
  fi
  [[ -z $(find /usr/lib/podman /usr/libexec/podman /usr/lib/cni /usr/libexec/cni /opt/cni/bin \
    -path "*$program" 2>/dev/null) ]] || return 0
  die "Podman cannot resolve the names of containers here: ${program#/} is missing (network: ${backend:-unknown})." \
    "On Debian or Ubuntu:     sudo apt-get install $package" \
    "Elsewhere:               install the package that has ${program#/}, and run the command again"
}

# Leaves the command in COMPOSE.
ensure_compose() {
  if [[ $ENGINE == podman ]]; then
    _check_podman_names
    _start_podman_api
  elif _is_compose_v2 docker compose; then
    COMPOSE=(docker compose)
    return
  fi
  if [[ $ENGINE == docker ]] && _is_compose_v2 docker-compose; then
    COMPOSE=(docker-compose)
    return
  fi
  ensure_image compose "Debian's docker-compose (about 30 s); the engine comes without compose version 2"
  COMPOSE=(_compose_container "$IMAGE")
}

# Runs docker-compose in a container that sees the engine's socket and the repository at its own path. The
# environment goes along, since the compose file refers to it.
_compose_container() {
  local image=$1 name environment=()
  shift
  while read -r name; do environment+=(--env "$name"); done < <(compgen -e | grep '^CHATWIRE_')
  "$ENGINE" run --rm --interactive "${environment[@]}" --security-opt label=disable \
    --volume "$ENGINE_SOCKET:/var/run/docker.sock" --volume "$CHATWIRE_ROOT:$CHATWIRE_ROOT:ro" \
    --workdir "$CHATWIRE_ROOT" "$image" docker-compose "$@"
}

compose() {
  "${COMPOSE[@]}" --project-name "$COMPOSE_PROJECT" --file "$CHATWIRE_ROOT/deploy/compose.yaml" "$@"
}
