# shellcheck shell=bash
# What up and down share: the table of services, messages, and processes that are known by pid and time of birth.
# shellcheck disable=SC2034 # up, build.sh and start.sh use what is set here

unset CDPATH
HERE=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
ROOT=$(cd -- "$HERE/../.." && pwd -P)
# A second shop beside the first: LOCAL_HOME=<folder> holds its data, LOCAL_PORT_SHIFT=<number> moves all its ports.
SHOP=$ROOT
if [[ -n ${LOCAL_HOME-} ]]; then
  mkdir -p -- "$LOCAL_HOME"
  SHOP=$(cd -- "$LOCAL_HOME" && pwd -P)
fi
DATA=$SHOP/env/local/data
RUN=$DATA/run
LOGS=$DATA/logs

SERVICES=()
SERVERS=(postgres rabbitmq) # servers.sh tells when and how they run
declare -A PORTS=([postgres]='' [rabbitmq]='') HEALTH=() HEAP=() NEEDS=([postgres]=- [rabbitmq]=-) FLAGS=()

if [[ -t 1 && -z ${NO_COLOR-} ]]; then
  BOLD=$'\e[1m' RED=$'\e[31m' GREEN=$'\e[32m' PLAIN=$'\e[0m'
else
  BOLD='' RED='' GREEN='' PLAIN=''
fi

say() { printf '%s\n' "$*"; }

warn() { printf '%s%s%s\n' "$RED" "$*" "$PLAIN" >&2; }

fail() {
  warn "$@"
  exit 1
}

# The path as somebody in this directory would write it.
shown() { printf '%s' "${1#"$PWD"/}"; }

# reject TEXT ARGUMENT: an unknown argument ends the program.
reject() {
  printf 'Unknown argument: %s\n\n%s\n' "$2" "$1" >&2
  exit 2
}

# --- settings and table -------------------------------------------------------------------------------------------

read_table() {
  local name ports health heap needs flags
  while read -r name ports health heap needs flags; do
    [[ -z $name || $name == '#'* ]] && continue
    [[ -n $needs ]] || fail "services.conf: $name has too few columns"
    SERVICES+=("$name")
    shift_ports "$ports"
    PORTS[$name]=$REPLY HEALTH[$name]=$health HEAP[$name]=$heap NEEDS[$name]=$needs FLAGS[$name]=$flags
  done <"$HERE/services.conf"
}

# REPLY: the ports of services.conf, each moved by LOCAL_PORT_SHIFT.
shift_ports() {
  local pair
  REPLY=''
  for pair in ${1//,/ }; do
    REPLY+=,${pair%=*}=$((${pair#*=} + ${LOCAL_PORT_SHIFT:-0}))
  done
  REPLY=${REPLY#,}
}

# Every NAME=value of settings.env that the environment does not set; what is not LOCAL_ is exported to the services.
read_settings() {
  local name value
  while IFS='=' read -r name value; do
    [[ -z $name || $name == '#'* || -v $name ]] && continue
    fill "$value"
    declare -g "$name=$REPLY"
    # shellcheck disable=SC2163 # the variable that $name names
    [[ $name == LOCAL_* ]] || export "$name"
  done <"$HERE/settings.env"
}

# REPLY: the text with each {service}, {VARIABLE} or {service.VARIABLE} replaced by its port.
fill() {
  local service pair
  REPLY=$1
  [[ $REPLY == *'{'* ]] || return 0
  for service in "${SERVICES[@]}"; do
    for pair in ${PORTS[$service]//,/ }; do
      REPLY=${REPLY//"{${pair%=*}}"/"${pair#*=}"}
      REPLY=${REPLY//"{$service.${pair%=*}}"/"${pair#*=}"}
      [[ $pair != SERVER_PORT=* ]] || REPLY=${REPLY//"{$service}"/"${pair#*=}"}
    done
  done
}

needs() { [[ ,${NEEDS[$1]}, == *,$2,* ]]; }

# The port that answers for the health of a service.
health_port() {
  local first=${PORTS[$1]%%,*}
  printf '%s' "${first#*=}"
}

server_port() {
  fill "{$1}"
  printf '%s' "$REPLY"
}

# --- one at a time ------------------------------------------------------------------------------------------------

# The lock is on the folder above the data, so that nothing that is made or removed here can break it.
# Descriptor 9 is closed for every child, or it would hold the lock for longer than its parent.
exec 9<"$SHOP"

lock() {
  command -v flock >/dev/null || return 0
  flock -w "$1" 9
}

unlock() {
  command -v flock >/dev/null || return 0
  flock -u 9
}

# --- processes ----------------------------------------------------------------------------------------------------

# REPLY: when process $1 was born. False for one that is gone, or of which nothing is left but an entry that waits to be
# reaped. A JVM that ends looks like that too while threads of it still hold its ports, hence their number.
birth() {
  local stat
  if [[ -d /proc/self ]]; then
    { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
    read -ra stat <<<"${stat##*) }"
    REPLY=${stat[19]}
    [[ ${stat[0]} != [ZX] ]] || ((stat[17] > 1))
  else
    REPLY=$(ps -o lstart= -p "$1")
  fi
}

# remember NAME PID: the birth tells it from a later process of the same number.
remember() {
  birth "$2" || return 1
  printf '%s %s\n' "$2" "$REPLY" >"$RUN/$1.pid"
}

forget() { rm -f -- "$RUN/$1.pid"; }

remembered() { [[ -e $RUN/$1.pid ]]; }

# REPLY: the pid of NAME; false where it does not run.
alive() {
  local pid born
  { read -r pid born <"$RUN/$1.pid"; } 2>/dev/null || return 1
  birth "$pid" && [[ $REPLY == "$born" ]] || return 1
  REPLY=$pid
}

any_alive() {
  local name
  for name in "$@"; do
    if alive "$name"; then
      return 0
    fi
  done
  return 1
}

# All that has a pid file, whether it stands in the table or not.
remembered_names() {
  local file
  for file in "$RUN"/*.pid; do
    file=${file##*/}
    [[ $file == '*.pid' || $file == up.pid ]] || printf '%s\n' "${file%.pid}"
  done
}

# --- stopping -----------------------------------------------------------------------------------------------------

# The last of the table first, so that no request arrives any more; the first last, so that what the others still
# have to say is heard; the rest together. Under all of them the servers, and what RabbitMQ is found by.
stop_services() {
  local first=${SERVICES[0]} last=${SERVICES[-1]} name rest=() servers=()
  for name in "$@"; do
    case $name in
      "$first" | "$last" | epmd) ;;
      postgres | rabbitmq) servers+=("$name") ;;
      *) rest+=("$name") ;;
    esac
  done
  [[ " $* " != *" $last "* ]] || stop_together "$last"
  stop_together "${rest[@]}"
  [[ " $* " != *" $first "* ]] || stop_together "$first"
  stop_together "${servers[@]}"
  if remembered epmd && ! alive rabbitmq; then stop_together epmd; fi
}

# PostgreSQL waits on SIGTERM until its last client has gone; on SIGINT it sends them away.
stop_together() {
  local name signal since=$EPOCHREALTIME left=()
  for name in "$@"; do
    if alive "$name"; then
      signal=TERM
      [[ $name != postgres ]] || signal=INT
      kill "-$signal" "$REPLY" 2>/dev/null || true
      left+=("$name")
    else
      forget "$name"
    fi
  done
  await_end "$since" "${left[@]}"
}

await_end() {
  local since=$1 name left=("${@:2}") still
  while ((${#left[@]})); do
    still=()
    for name in "${left[@]}"; do
      if alive "$name"; then still+=("$name"); else stopped "$name" "$since"; fi
    done
    left=("${still[@]}")
    if ((${#left[@]})) && past "$since" "$LOCAL_STOP_SECONDS"; then
      kill_hard "${left[@]}"
      return
    fi
    ((${#left[@]} == 0)) || sleep 0.1
  done
}

stopped() {
  forget "$1"
  elapsed "$2"
  printf '  %-22s stopped  %5s s\n' "$1" "$REPLY"
}

kill_hard() {
  local name
  for name in "$@"; do
    if alive "$name"; then
      kill -KILL -- "-$REPLY" 2>/dev/null || kill -KILL "$REPLY" 2>/dev/null || true # with children, where it leads a group
      warn "  $name did not stop within $LOCAL_STOP_SECONDS s and was killed"
    fi
    until ! alive "$name"; do sleep 0.05; done
    forget "$name"
  done
}

# --- time ---------------------------------------------------------------------------------------------------------

# REPLY: seconds since the moment $1 (of EPOCHREALTIME), with one decimal.
elapsed() {
  local tenths=$(((${EPOCHREALTIME//[!0-9]/} - ${1//[!0-9]/}) / 100000))
  REPLY=$((tenths / 10)).$((tenths % 10))
}

# past MOMENT SECONDS: whether that many seconds have gone since.
past() { ((${EPOCHREALTIME//[!0-9]/} - ${1//[!0-9]/} > $2 * 1000000)); }
