# shellcheck shell=bash
# The demo's main job, done by clients that share no code with Chatwire, and how it is shown. Sourced; needs
# the other files of this folder.

STORY=$CHATWIRE_ROOT/build/demo
NETWORK=${COMPOSE_PROJECT}_default
DEVICE_CONTAINER=$COMPOSE_PROJECT-device
WITNESS_CONTAINER=$COMPOSE_PROJECT-witness

# Runs a client; engine options first, then `--`, then its command.
_client() {
  local options=()
  while [[ $1 != -- ]]; do
    options+=("$1")
    shift
  done
  shift
  "$ENGINE" run --rm --init --network "$NETWORK" --label "chatwire=$COMPOSE_PROJECT" \
    --volume "${COMPOSE_PROJECT}_public:/public:ro" \
    --volume "${COMPOSE_PROJECT}_clients-secrets:/clients:ro" \
    "${options[@]}" "$CHATWIRE_IMAGE_CLIENTS" "$@"
}

stop_actors() {
  "$ENGINE" rm --force "$DEVICE_CONTAINER" "$WITNESS_CONTAINER" >/dev/null 2>&1 || true
}

# The broker's own log tells when both are subscribed; nothing is missed from then on.
_is_listening() { compose logs --no-log-prefix --since "$2" mosquitto 2>/dev/null | grep -q "as $1 "; }

start_actors() {
  local since
  stop_actors
  since=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  _client --detach --name "$WITNESS_CONTAINER" -- /opt/chatwire/clients/witness >/dev/null
  _client --detach --name "$DEVICE_CONTAINER" --env OFF_SECONDS=7 -- \
    /opt/chatwire/clients/device lamp >/dev/null
  wait_for 30 "the lamp" _is_listening device-lamp "$since" ||
    die "the lamp's client did not reach the broker." "See: $ENGINE logs $DEVICE_CONTAINER"
  wait_for 30 "the lamp's first report" _witness_saw report ||
    die "the witness sees no report of the lamp." "See: $ENGINE logs $WITNESS_CONTAINER"
}

_witness_saw() { "$ENGINE" logs "$WITNESS_CONTAINER" 2>/dev/null | grep -q "checkbox/lamp/$1"; }

# Alice talks to the bot. The lamp needs 7 s to turn off, longer than the service waits: it must say so.
play_conversation() {
  local status=0
  _client -- /opt/chatwire/clients/chat.py --jid alice@chatwire.test --password-file /clients/alice \
    --to lampbot@chatwire.test --ca /public/ca.crt --host ejabberd \
    "say:lamp?" "expect:lamp is off" \
    "say:lamp on" "expect:lamp is on" \
    "say:lamp off" "expect:not confirmed" "expect:lamp is off" \
    "say:lamp on" "expect:lamp is on" >"$STORY/chat.tsv" 2>"$STORY/chat.err" || status=$?
  "$ENGINE" logs "$WITNESS_CONTAINER" >"$STORY/mqtt.tsv" 2>/dev/null || true
  return "$status"
}

_clock() { date -d "@$1" +%H:%M:%S.%3N; }

# Prints chat and MQTT side by side, in the order in which they happened.
show_timeline() {
  local time side who text
  printf '\n%-13s %-48s %s\n' "time" "the conversation" "what the broker saw (mosquitto_sub)"
  printf '%.0s-' {1..130}
  printf '\n'
  {
    awk -F'\t' '{print $1 "\tchat\t" $2 "\t" $3}' "$STORY/chat.tsv"
    # The chat is on the left already; ticks only keep the client library awake.
    grep -Ev 'chatwire/(chat/|bridge/tick)' "$STORY/mqtt.tsv" |
      awk -F'\t' '{sub("^chatwire/", "", $2); print $1 "\tmqtt\t" $2 "\t" $3}'
  } | sort -n -s -k1,1 | while IFS=$'\t' read -r time side who text; do
    if [[ $side == chat ]]; then
      printf '%-13s %s\n' "$(_clock "$time")" "$who: $text"
    else
      printf '%-13s %-48s %s  %.60s\n' "$(_clock "$time")" "" "$who" "$text"
    fi
  done
  printf '\nThe same chat was published on MQTT (%s messages), for example:\n  %.128s...\n' \
    "$(grep -c 'chatwire/chat/' "$STORY/mqtt.tsv" || true)" \
    "$(grep -m1 'chatwire/chat/' "$STORY/mqtt.tsv" | cut -f2,3 || true)"
}

# Prints the checkboxes as the command line gives them to scripts, with a heading.
show_checkboxes() {
  printf '\nThe checkboxes (chatwire checkbox list):\n'
  {
    printf 'NAME\tREPORTED\tWANTED\tDEVICE\tCHANGED\tBY\tTITLE\n'
    deploy/chatwire checkbox list
  } | awk -F'\t' '{printf "  %-10s %-9s %-7s %-8s %-20s %-28s %s\n", $1, $2, $3, $4, $5, $6, $7}'
}
