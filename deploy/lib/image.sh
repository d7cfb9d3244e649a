# shellcheck shell=bash
# Images, one for each stage of deploy/docker/Dockerfile. Sourced; needs log.sh and engine.sh.
#
# An image is tagged with a hash of what it is made of: the text of its stage and of those below it, the
# files that they copy, and the base image. The same inputs are never built twice.

BASE_IMAGE=debian:trixie-slim
DOCKERFILE=deploy/docker/Dockerfile

_have_image() { "$ENGINE" image inspect "$1" >/dev/null 2>&1; }

_bootstrap_base() {
  if ! command -v mmdebstrap >/dev/null; then
    if ! _is_root || ! _is_debian_like; then
      die "no registry gives $BASE_IMAGE, and mmdebstrap, which could make it, is not here." \
        "Install mmdebstrap and debian-archive-keyring, or load the image: $ENGINE load -i FILE"
    fi
    step "Installing mmdebstrap, which makes the base image from Debian's packages"
    DEBIAN_FRONTEND=noninteractive run_logged apt-mmdebstrap bash -c \
      'apt-get update && apt-get install -y --no-install-recommends mmdebstrap debian-archive-keyring' ||
      die "mmdebstrap could not be installed." "Repair this machine's package sources and run again."
  fi
  step "Making $BASE_IMAGE from Debian's packages: no registry answers (about 20 s)"
  # shellcheck disable=SC2016  # expanded by the inner shell
  run_logged base-image bash -c '
    set -o pipefail
    mmdebstrap --variant=minbase --include=ca-certificates trixie - | "$0" import - "$1"' \
    "$ENGINE" "$BASE_IMAGE" || die "$BASE_IMAGE could not be made." \
    "It needs Debian's package archive. Behind a proxy, set http_proxy and run again."
}

# Pulls the base image, or makes it where no registry answers.
ensure_base_image() {
  _have_image "$BASE_IMAGE" && return
  step "Pulling $BASE_IMAGE (given up after 2 min)"
  if timeout 120 "$ENGINE" pull "$BASE_IMAGE" >/dev/null 2>&1; then
    return
  fi
  _bootstrap_base
}

# Prints the part of the Dockerfile that stage $1 needs. The legacy builder would build every stage above.
_stage_text() {
  awk -v target="$1" '
    function need(name,  i, n, names) {
      if (name in wanted || !(name in text)) return
      wanted[name] = 1
      n = split(uses[name], names, " ")
      for (i = 1; i <= n; i++) need(names[i])
    }
    $1 == "FROM" { name = $4; order[++count] = name; uses[name] = $2 }
    /^COPY --from=/ { split($2, from, "="); uses[name] = uses[name] " " from[2] }
    name != "" && $1 !~ /^#/ { text[name] = text[name] $0 "\n" }
    END {
      need(target)
      for (i = 1; i <= count; i++) if (order[i] in wanted) printf "%s", text[order[i]]
    }' "$CHATWIRE_ROOT/$DOCKERFILE"
}

# Prints the paths that the stages on stdin copy from the repository.
_copied_paths() {
  awk '$1 == "COPY" && $2 !~ /^--from=/ { for (i = 2; i < NF; i++) if ($i !~ /^--/) print $i }' |
    sort -u
}

# Prints the hash of the stages in file $1 and of all that goes into them.
_stage_key() {
  local file=$1
  {
    "$ENGINE" image inspect --format '{{.Id}}' "$BASE_IMAGE"
    cat "$file"
    _copied_paths <"$file" | while read -r path; do
      find "$path" -type f ! -name '*.md' -printf '%m %p\n' -exec sha256sum {} +
    done | LC_ALL=C sort
  } | sha256sum | cut -c1-12
}

# The certificates that this host trusts beyond the usual, where its environment says so: npm needs them.
_prepare_context() {
  local bundle=${NODE_EXTRA_CA_CERTS:-${SSL_CERT_FILE:-}} target=build/context/ca-bundle.pem
  mkdir -p build/context build/images
  if [[ -n $bundle && -r $bundle ]]; then
    cmp -s "$bundle" "$target" || cp "$bundle" "$target"
  else
    : >"$target"
  fi
}

# Prints the options that hand a proxy of this machine to the build. Such arguments do not change an image.
_proxy_options() {
  local name
  for name in http_proxy https_proxy no_proxy; do
    [[ -z ${!name:-} ]] || printf '%s\n' --build-arg "$name=${!name}"
  done
}

# Builds stage $1 unless the same is there. Leaves its name in IMAGE. $2: what it is, and how long it takes.
# Runs at the top of the repository, as every command does.
ensure_image() {
  local stage=$1 about=$2 file=build/images/$1.Dockerfile options
  ensure_base_image
  _prepare_context
  _stage_text "$stage" >"$file"
  [[ -s $file ]] || die "$DOCKERFILE has no stage named $stage."
  IMAGE=chatwire/$stage:$(_stage_key "$file")
  if _have_image "$IMAGE"; then
    step "Image $IMAGE is up to date"
  else
    step "Building the image $IMAGE: $about"
    mapfile -t options < <(_proxy_options)
    DOCKER_BUILDKIT=${DOCKER_BUILDKIT:-0} run_logged "image-$stage" \
      "$ENGINE" build ${options[@]+"${options[@]}"} --target "$stage" --tag "$IMAGE" --file "$file" . ||
      die "the image $stage could not be built." "Its whole log is build/logs/image-$stage.log." \
        "If packages could not be fetched, check the network and run again: finished steps are kept."
  fi
}
