# shellcheck shell=bash
# The ports that the demo publishes on 127.0.0.1. Sourced; needs log.sh.
#
# A port from the environment is taken as it is, or the command ends; a default that is busy gives way to the
# next free one. What was chosen is kept in build/demo/ports, so that a second run finds its own again.

PORTS_FILE=$CHATWIRE_ROOT/build/demo/ports
# Variable, default, what it is for.
PORT_TABLE=(
  "CHATWIRE_DEMO_XMPP_PORT 25222 chat (ejabberd)"
  "CHATWIRE_DEMO_MQTT_PORT 28883 MQTT over TLS (Mosquitto)"
  "CHATWIRE_DEMO_PANEL_PORT 28080 the web panel"
  "CHATWIRE_DEMO_XMPPD_PORT 27443 gRPC of chatwire-xmppd"
  "CHATWIRE_DEMO_MQTTD_PORT 27444 gRPC of chatwire-mqttd"
)

# Ports that this run has given away already.
GIVEN_PORTS=" "

_is_busy() { [[ $GIVEN_PORTS == *" $1 "* ]] || (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

_check_given_port() {
  local name=$1 port=$2 what=$3
  if [[ ! $port =~ ^[1-9][0-9]{0,4}$ ]] || ((port > 65535)); then
    die "$name is '$port', which is no port." "Set it to a number from 1 to 65535, or unset it."
  fi
  _is_busy "$port" && die "port $port, wanted for $what, is in use on this machine." \
    "See who has it: ss -ltnp 'sport = :$port'" "Set $name to another port, or unset it to let a free one be found."
  return 0
}

# Prints the first free port from $1 on.
_next_free_port() {
  local port=$1
  while _is_busy "$port"; do port=$((port + 1)); done
  printf '%s' "$port"
}

_choose_port() {
  local name=$1 default=$2 what=$3 port
  if [[ -n ${!name:-} ]]; then
    _check_given_port "$name" "${!name}" "$what"
    return
  fi
  port=$(_next_free_port "$default")
  [[ $port == "$default" ]] || note "port $default is in use here: $what gets $port"
  printf -v "$name" '%s' "$port"
}

# The port that the last run chose for $1; nothing when there was none.
_kept_port() { sed -n "s/^$1=//p" "$PORTS_FILE" 2>/dev/null || true; }

# $1: `running` when the demo is up and its ports are taken by itself.
choose_ports() {
  local row name default what kept chosen=()
  mkdir -p "${PORTS_FILE%/*}"
  for row in "${PORT_TABLE[@]}"; do
    read -r name default what <<<"$row"
    kept=$(_kept_port "$name")
    if [[ $1 == running && -n $kept && ${!name:-$kept} == "$kept" ]]; then
      printf -v "$name" '%s' "$kept"
    else
      _choose_port "$name" "$default" "$what"
    fi
    export "${name?}"
    GIVEN_PORTS+="${!name} "
    chosen+=("$name=${!name}")
  done
  printf '%s\n' "${chosen[@]}" >"$PORTS_FILE"
}
