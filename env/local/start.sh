# shellcheck shell=bash
# shellcheck disable=SC2034 # up uses what is set here
# Starting: secrets, ports, one JVM a service, and the wait until each is ready.

# --- secrets ------------------------------------------------------------------------------------------------------

declare -A SECRETS=() # and credentials

# Made once, kept in files that only their owner reads, and given to those processes alone that need them.
read_secrets() {
  local name
  mkdir -p "$RUN" "$LOGS"
  chmod 700 "$DATA"
  read_pairs "$DATA/secrets.env"
  read_pairs "$DATA/credentials.env"
  keep_secret secrets.env EMPORION_BROKER_PASSWORD "$(random)"
  keep_secret secrets.env EMPORION_RESET_KEY "$(random)$(random)"
  for name in "${SERVICES[@]}"; do
    if needs "$name" client; then keep_secret secrets.env "$(client_secret_of "$name")" "$(random)"; fi
  done
  keep_secret credentials.env ADMIN_USERNAME "$LOCAL_ADMIN_USERNAME"
  keep_secret credentials.env ADMIN_PASSWORD "$(random)"
  keep_secret credentials.env SHOPPER_USERNAME "$LOCAL_SHOPPER_USERNAME"
  keep_secret credentials.env SHOPPER_PASSWORD "$(random)"
}

read_pairs() {
  local name value
  [[ -e $1 ]] || return 0
  while IFS='=' read -r name value; do
    [[ -z $name ]] || SECRETS[$name]=$value
  done <"$1"
}

keep_secret() {
  [[ ! -v SECRETS[$2] ]] || return 0
  SECRETS[$2]=$3
  (umask 077 && printf '%s=%s\n' "$2" "$3" >>"$DATA/$1")
}

random() { od -An -N12 -tx1 /dev/urandom | tr -d ' \n'; }

client_secret_of() {
  local name=${1^^}
  printf 'EMPORION_CLIENTS_%s_SECRET' "${name//-/_}"
}

# Exports what service $1 is given.
give_environment() {
  local pair name
  if [[ $1 == rabbitmq ]]; then give_rabbitmq; fi
  for pair in ${PORTS[$1]//,/ }; do
    export "${pair?}"
  done
  if needs "$1" broker; then
    export EMPORION_BROKER_URI=amqp://127.0.0.1:$BROKER_PORT EMPORION_BROKER_USERNAME=emporion
    export EMPORION_BROKER_PASSWORD=${SECRETS[EMPORION_BROKER_PASSWORD]}
  fi
  if [[ $DATABASE == postgres ]] && needs "$1" database; then
    name=$(database_secret_of "$1")
    EMPORION_DATABASE_USERNAME=$(database_of "$1")
    export EMPORION_DATABASE_USERNAME EMPORION_DATABASE_PASSWORD=${SECRETS[$name]}
    export EMPORION_DATABASE_URL=jdbc:postgresql://127.0.0.1:$POSTGRES_PORT/$EMPORION_DATABASE_USERNAME
  fi
  if [[ $BROKER == rabbitmq && $1 == "${SERVICES[0]}" ]]; then export EMPORION_BROKER_EMBEDDED=false; fi
  if needs "$1" client; then
    name=$(client_secret_of "$1")
    export EMPORION_CLIENT_ID=$1 EMPORION_CLIENT_SECRET=${SECRETS[$name]}
  fi
  if needs "$1" issuer; then
    for name in "${!SECRETS[@]}"; do
      [[ $name != EMPORION_CLIENTS_* ]] || export "$name=${SECRETS[$name]}"
    done
  fi
  if needs "$1" links; then export EMPORION_RESET_KEY=${SECRETS[EMPORION_RESET_KEY]}; fi
  if needs "$1" seed; then give_accounts; fi
}

give_accounts() {
  export EMPORION_SEED_ADMIN_USERNAME=${SECRETS[ADMIN_USERNAME]} EMPORION_SEED_ADMIN_PASSWORD=${SECRETS[ADMIN_PASSWORD]}
  export EMPORION_SEED_ADMIN_EMAIL=$LOCAL_ADMIN_EMAIL
  export EMPORION_SEED_SHOPPER_USERNAME=${SECRETS[SHOPPER_USERNAME]} EMPORION_SEED_SHOPPER_PASSWORD=${SECRETS[SHOPPER_PASSWORD]}
  export EMPORION_SEED_SHOPPER_EMAIL=$LOCAL_SHOPPER_EMAIL
}

# --- ports --------------------------------------------------------------------------------------------------------

declare -A LISTENERS=()

# LISTENERS: the ports that can't be bound on 127.0.0.1, each with the inode of its socket.
read_listeners() {
  local port inode
  LISTENERS=()
  while read -r port inode; do
    LISTENERS[$((16#$port))]=$inode
  done < <(awk '$4 == "0A" { split($2, at, ":")
    if (at[1] ~ /^(0100007F|0+|0000000000000000FFFF0000(0100007F|0+))$/) print at[2], $10 }' /proc/net/tcp /proc/net/tcp6 2>/dev/null)
}

# BROKER_PORT and POSTGRES_PORT: those of the settings, or those that whatever runs was started with.
find_ports() {
  local name
  fill '{EMPORION_BROKER_PORT}'
  BROKER_PORT=$REPLY POSTGRES_PORT=${PORTS[postgres]#*=}
  if ! any_alive "${SERVERS[@]}" "${SERVICES[@]}" || [[ ! -r $RUN/ports ]]; then return; fi
  { read -r BROKER_PORT && read -r POSTGRES_PORT; } <"$RUN/ports"
  for name in "${SERVERS[@]}" "${SERVICES[0]}"; do
    move_port "$name" EMPORION_BROKER_PORT "$BROKER_PORT"
    move_port "$name" POSTGRES_PORT "$POSTGRES_PORT"
  done
}

# move_port NAME VARIABLE PORT: where it has such a port.
move_port() {
  PORTS[$1]=$(sed -E "s/(^|,)$2=[0-9]+/\\1$2=$3/" <<<"${PORTS[$1]}")
}

keep_ports() { printf '%s\n' "$BROKER_PORT" "$POSTGRES_PORT" >"$RUN/ports"; }

# Ends where a port is taken that one of these needs. A taken port of the broker or the database gives way to the next
# free one, unless somebody runs who has been told of it.
check_ports() {
  local name pair port taken=()
  read_listeners
  for name in "$@"; do
    for pair in ${PORTS[$name]//,/ }; do
      port=${pair#*=}
      [[ -v LISTENERS[$port] ]] || continue
      [[ $pair != EMPORION_BROKER_PORT=* || $BROKER == embedded || $name == rabbitmq ]] || continue # it does not listen
      if [[ $pair == @(EMPORION_BROKER|POSTGRES)_PORT=* ]] && ! any_alive "${SERVERS[@]}" "${SERVICES[@]}"; then
        give_way "$name" "$pair"
      else
        taken+=("$name: port $port is held by $(holder "$port")")
      fi
    done
  done
  ((${#taken[@]} == 0)) || fail "$(printf '%s\n' "${taken[@]}")
Stop what holds it, or write another port into $(shown "$HERE/services.conf")."
}

# give_way NAME VARIABLE=PORT: sets BROKER_PORT or POSTGRES_PORT.
give_way() {
  local variable=${2%=*} port=${2#*=}
  next_free "$((port + 1))"
  say "Port $port is held by $(holder "$port"): $1 listens on $REPLY instead."
  move_port "$1" "$variable" "$REPLY"
  declare -g "${variable#EMPORION_}=$REPLY"
}

# REPLY: the first free port from $1 on.
next_free() {
  local all=" ${PORTS[*]//[,=]/ } "
  REPLY=$1
  while [[ -v LISTENERS[$REPLY] || $all == *" $REPLY "* ]]; do
    REPLY=$((REPLY + 1))
  done
}

# Process and command behind a port; another user's process keeps its name to itself.
holder() {
  local link
  link=$(find /proc/[0-9]*/fd -lname "socket:\[${LISTENERS[$1]}\]" -print -quit 2>/dev/null || true)
  if [[ -z $link ]]; then
    printf 'a process that this user may not see'
  else
    link=${link#/proc/}
    printf 'process %s (%s)' "${link%%/*}" "$(tr '\0' ' ' <"/proc/${link%%/*}/cmdline" | cut -c 1-120)"
  fi
}

# Gives service $1 free ports from $2 on.
move_ports() {
  local pair from=$2 moved=''
  read_listeners
  for pair in ${PORTS[$1]//,/ }; do
    next_free "$from"
    from=$((REPLY + 1)) moved+=,${pair%=*}=$REPLY
  done
  PORTS[$1]=${moved#,}
}

# --- one service --------------------------------------------------------------------------------------------------

# Helidon 4.1 can't read persistence.xml from a jar whose path has blanks or the like in it (it takes a decoded path for
# a URI). Linux knows a path without them.
odd_path() { [[ $ROOT == *[!A-Za-z0-9._/+@~-]* ]]; }

# REPLY: the jar to start $1 with.
jar_to_start() {
  REPLY=$ROOT/$(jar_of "$1")
  if odd_path && needs "$1" database; then
    REPLY=$DATA/$1-launch.jar
    [[ $SHOP == "$ROOT" ]] || ln -sfn -- "$ROOT/services" "$SHOP/services"
    printf 'Main-Class: emporion.chassis.helidon.Main\nClass-Path: file:/proc/self/cwd/%s\n' "$(jar_of "$1")" |
      "$JDK/bin/jar" --create --file "$REPLY" --manifest /dev/stdin
  fi
}

LAUNCHING='' INTERRUPTED=''

# What a signal does: it ends up, but never between a process and its pid file.
interrupt() {
  INTERRUPTED=$1
  [[ -n $LAUNCHING ]] || exit "$1"
}

# launch ID SERVICE DIRECTORY OPTION..: starts a JVM in a session of its own, so that neither Ctrl-C nor the end of the
# terminal reaches it. ID names its log and its pid file.
launch() {
  local id=$1 name=$2 directory=$3
  local options=("${@:4}")
  jar_to_start "$name"
  # shellcheck disable=SC2206 # flags are words
  options=($LOCAL_JAVA_FLAGS "-Xmx${HEAP[$name]}" ${FLAGS[$name]} "-XX:ErrorFile=$LOGS/$id.crash.log" "${options[@]}" -jar "$REPLY")
  spawn "$id" "$name" "$directory" "$JDK/bin/java" "${options[@]}"
}

# What goes before a command that is to lead a session of its own.
OWN_SESSION=()
if command -v setsid >/dev/null; then OWN_SESSION=(setsid); fi

# spawn ID NAME DIRECTORY COMMAND..: any process, with the environment of NAME. What it writes is for its owner only.
spawn() {
  local id=$1 name=$2 directory=$3 log=$LOGS/$1.log
  [[ ! -e $log ]] || mv -- "$log" "${log%.log}.previous.log"
  LAUNCHING=yes
  (
    trap '' HUP
    umask 077
    [[ -z $NEVER ]] || exec {NEVER}>&-
    cd "$directory" || exit
    give_environment "$name"
    exec "${OWN_SESSION[@]}" "${@:4}"
  ) >>"$log" 2>&1 </dev/null 9>&- &
  CHILD=$!
  remember "$id" "$CHILD" || true
  LAUNCHING=''
  [[ -z $INTERRUPTED ]] || exit "$INTERRUPTED"
}

start() {
  SINCE[$1]=$EPOCHREALTIME
  USES_CACHE[$1]=''
  STARTED+=("$1")
  case $1 in
    postgres) start_postgres ;;
    rabbitmq) start_rabbitmq ;;
    *) start_service "$1" ;;
  esac
  CHILDREN[$1]=$CHILD
}

start_service() {
  local name=$1 options=()
  if [[ $LOCAL_AOT == on ]] && ! odd_path; then
    name_cache "$name"
    if [[ -e $CACHE ]]; then
      USES_CACHE[$name]=$CACHE
      options=("-XX:AOTCache=$CACHE" '-Xlog:aot*=off' '-Xlog:cds*=off')
    fi
  fi
  launch "$name" "$name" "$SHOP" "${options[@]}"
}

# answer PORT PATH: whether an HTTP server answers there at all. REPLY: the status.
answer() {
  REPLY=$(ask "$1" "$2" 2>/dev/null) && [[ -n $REPLY ]]
}

# In a shell of its own, and without a curl for each question: a poll should cost nothing while others start.
ask() (
  exec 3<>"/dev/tcp/127.0.0.1/$1"
  printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$2" "$1" >&3
  read -r -t 2 -u 3 _ status _ && printf '%s' "$status"
)

ready() {
  case $1 in
    postgres) postgres_ready ;;
    rabbitmq) rabbitmq_ready ;;
    *) answer "$(health_port "$1")" "${HEALTH[$1]}" && [[ $REPLY == 200 ]] ;;
  esac
}

# The long logs are cut by a process of its own: nobody else stays, where up returns.
keep_logs() {
  if alive log-keeper; then return 0; fi
  (
    trap '' HUP
    exec "${OWN_SESSION[@]}" "$HERE/log-keeper"
  ) >/dev/null 2>&1 </dev/null 9>&- &
  remember log-keeper "$!" || true
}

# --- all services -------------------------------------------------------------------------------------------------

declare -A SINCE=() CHILDREN=() USES_CACHE=()

# Starts these services in their order, a few at a time: a service that is not ready after ten seconds does not hold up
# the next one, which it may wait for.
start_services() {
  local waiting=("$@") starting=() name
  while ((${#waiting[@]} + ${#starting[@]})); do
    while ((${#waiting[@]})) && room "${starting[@]}"; do
      start "${waiting[0]}"
      starting+=("${waiting[0]}")
      waiting=("${waiting[@]:1}")
    done
    look_at "${starting[@]}"
    starting=("${STILL[@]}")
    ((${#starting[@]} == 0)) || pause 0.4
  done
}

# pause SECONDS: a sleep without a process of its own, while others want to start.
NEVER=''
pause() {
  [[ -n $NEVER ]] || exec {NEVER}<> <(:)
  read -r -t "$1" -u "$NEVER" || true
}

room() {
  local name young=0
  for name in "$@"; do
    past "${SINCE[$name]}" 10 || young=$((young + 1))
  done
  ((young < LOCAL_PARALLEL))
}

# STILL: those of these services that are not ready yet.
look_at() {
  local name
  STILL=()
  for name in "$@"; do
    if ! alive "$name"; then
      died_while_starting "$name"
    elif ready "$name"; then
      elapsed "${SINCE[$name]}"
      printf '  %s%-22s ready    %5s s%s\n' "$GREEN" "$name" "$REPLY" "$PLAIN"
    elif past "${SINCE[$name]}" "$LOCAL_READY_SECONDS"; then
      tail_of "$name"
      fail "$name is not ready after $LOCAL_READY_SECONDS s; the last lines of $(shown "$LOGS/$name.log") stand above."
    else
      STILL+=("$name")
    fi
  done
}

# A cache is never the reason why a service does not start: without it there is a second try.
died_while_starting() {
  local name=$1 code=0
  wait "${CHILDREN[$name]}" || code=$?
  if [[ -n ${USES_CACHE[$name]} ]]; then
    rm -f -- "${USES_CACHE[$name]}"
    : >"${USES_CACHE[$name]}.failed"
    say "  $name ended with code $code; once more without its start-up cache"
    start "$name"
    STILL+=("$name")
  else
    tail_of "$name"
    fail "$name died while starting (code $code); the last lines of $(shown "$LOGS/$name.log") stand above."
  fi
}

tail_of() { tail -n 20 "$LOGS/$1.log" >&2; }
