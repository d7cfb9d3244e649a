# shellcheck shell=bash
# What every command of this repository prints, and where the long outputs go. Sourced.
#
# Needs: CHATWIRE_ROOT, the top of the repository.

CHATWIRE_LOGS=${CHATWIRE_LOGS:-$CHATWIRE_ROOT/build/logs}
HEARTBEAT_SECONDS=15

# Minutes and seconds since $1 (a value of SECONDS).
elapsed() {
  local seconds=$((SECONDS - $1))
  printf '%d:%02d' $((seconds / 60)) $((seconds % 60))
}

# One step, with the time since the command started.
step() { printf '[%s] %s\n' "$(elapsed 0)" "$*" >&2; }

# An explanation that belongs to the step above.
note() { printf '       %s\n' "$*" >&2; }

# Says what is wrong and what to do ($1, $2...), and ends the command.
die() {
  printf '\nerror: %s\n' "$1" >&2
  shift
  local line
  for line in "$@"; do printf '       %s\n' "$line" >&2; done
  exit 1
}

# Waits for the process $1 that writes to the file $2, telling now and then that it still runs.
_follow() {
  local pid=$1 log=$2 begin=$SECONDS next=$HEARTBEAT_SECONDS
  while kill -0 "$pid" 2>/dev/null; do
    if ((SECONDS - begin >= next)); then
      note "still running after $(elapsed "$begin"): $(tail -n 1 "$log" | tr -d '\r' | cut -c1-90)"
      next=$((next + HEARTBEAT_SECONDS))
    fi
    sleep 0.3
  done
}

# run_logged NAME COMMAND...: runs COMMAND with its output in build/logs/NAME.log. When it fails, shows the
# end of the log and returns its exit code.
run_logged() {
  local name=$1 log status=0 begin=$SECONDS pid
  shift
  mkdir -p "$CHATWIRE_LOGS"
  log=$CHATWIRE_LOGS/$name.log
  "$@" >"$log" 2>&1 </dev/null &
  pid=$!
  # A background command does not hear Ctrl-C by itself.
  # shellcheck disable=SC2064  # this very process
  trap "kill $pid 2>/dev/null; exit 130" INT TERM
  _follow "$pid" "$log"
  wait "$pid" || status=$?
  trap - INT TERM
  if ((status == 0)); then
    note "done in $(elapsed "$begin")"
    return 0
  fi
  printf '\nfailed after %s with exit code %d; the end of %s:\n' "$(elapsed "$begin")" "$status" \
    "${log#"$CHATWIRE_ROOT"/}" >&2
  tail -n 40 "$log" | cut -c1-300 | sed 's/^/  | /' >&2
  return "$status"
}

# wait_for SECONDS WHAT COMMAND...: repeats COMMAND until it succeeds. Non-zero when it has not in time.
wait_for() {
  local limit=$1 what=$2 begin=$SECONDS next=$HEARTBEAT_SECONDS
  shift 2
  until "$@" >/dev/null 2>&1; do
    ((SECONDS - begin < limit)) || return 1
    if ((SECONDS - begin >= next)); then
      note "still waiting for $what after $(elapsed "$begin") (at most $limit s)"
      next=$((next + HEARTBEAT_SECONDS))
    fi
    sleep 0.3
  done
}
