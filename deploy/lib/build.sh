# shellcheck shell=bash
# Compiles our programs in a container. Sourced; needs log.sh, engine.sh and image.sh.
#
# The repository is mounted at /src, build trees stay below build/, the compiler cache is a volume.

PROGRAMS=(chatwire-xmppd chatwire-mqttd chatwire)
CCACHE_VOLUME=chatwire-ccache

# Files that the container makes in the repository shall belong to who called. With rootless Podman, the
# container's root already is that person.
_container_user() {
  if [[ $ENGINE == docker ]] && ! _is_root; then
    printf '%s\n' --user "$(id -u):$(id -g)" --env HOME=/tmp
  fi
}

# in_container IMAGE COMMAND...: runs COMMAND on the repository. RUN_OPTIONS may hold more engine options.
in_container() {
  local image=$1 user
  shift
  mapfile -t user < <(_container_user)
  if ((${#user[@]})); then
    "$ENGINE" run --rm --volume "$CCACHE_VOLUME:/ccache" "$image" chmod 1777 /ccache
  fi
  "$ENGINE" run --rm --init ${user[@]+"${user[@]}"} ${RUN_OPTIONS[@]+"${RUN_OPTIONS[@]}"} \
    --security-opt label=disable --volume "$CHATWIRE_ROOT:/src" --workdir /src \
    --volume "$CCACHE_VOLUME:/ccache" --env CCACHE_DIR=/ccache --env CCACHE_MAXSIZE=5G \
    --env CCACHE_BASEDIR=/src "$image" "$@"
}

# Compiles the programs (preset release) and puts them, stripped, and the web panel into build/stage.
build_programs() {
  ensure_image qxmpp "compiler, libraries and the patched QXmpp (about 6 min the first time)"
  step "Compiling ${PROGRAMS[*]} (several minutes the first time, seconds when nothing changed)"
  # shellcheck disable=SC2153  # set by ensure_image
  run_logged compile in_container "$IMAGE" deploy/docker/compile "${PROGRAMS[@]}" ||
    die "the programs could not be compiled." "The whole log is build/logs/compile.log."
}
