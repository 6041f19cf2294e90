# shellcheck shell=bash
# shellcheck disable=SC2034 # up uses what is set here
# The servers that may stand in the place of what is embedded: PostgreSQL instead of an H2 in each service, RabbitMQ
# instead of the queues in the broker, which is the mailbox alone then.

# --- the choice ---------------------------------------------------------------------------------------------------

WANTED=()

# DATABASE and BROKER: what is asked for now, else what this data was last used with, else what is embedded.
choose() {
  local database=h2 broker=embedded
  if [[ -r $DATA/chosen ]]; then read -r database broker <"$DATA/chosen"; fi
  DATABASE=${DATABASE:-${LOCAL_DATABASE:-$database}} BROKER=${BROKER:-${LOCAL_BROKER:-$broker}}
  [[ $DATABASE =~ ^(h2|postgres)$ ]] || fail "The database can be h2 or postgres, not $DATABASE."
  [[ $BROKER =~ ^(embedded|rabbitmq)$ ]] || fail "The broker can be embedded or rabbitmq, not $BROKER."
  if [[ "$DATABASE $BROKER" != "$database $broker" ]] && any_alive "${SERVERS[@]}" "${SERVICES[@]}"; then
    fail "Emporion runs with the database $database and the broker $broker: stop it with $(shown "$HERE/down") before it can run with others."
  fi
  printf '%s %s\n' "$DATABASE" "$BROKER" >"$DATA/chosen"
  if [[ $DATABASE == postgres ]]; then want_postgres; fi
  if [[ $BROKER == rabbitmq ]]; then want_rabbitmq; fi
}

# want SERVER VARIABLE=PORT
want() {
  WANTED+=("$1")
  PORTS[$1]=$2
}

want_postgres() {
  local name
  want postgres "POSTGRES_PORT=$((LOCAL_POSTGRES_PORT + ${LOCAL_PORT_SHIFT:-0}))"
  keep_secret secrets.env POSTGRES_PASSWORD "$(random)"
  for name in "${SERVICES[@]}"; do
    if needs "$name" database; then keep_secret secrets.env "$(database_secret_of "$name")" "$(random)"; fi
  done
}

# Both speak AMQP on the broker's port.
want_rabbitmq() {
  fill 'EMPORION_BROKER_PORT={EMPORION_BROKER_PORT}'
  want rabbitmq "$REPLY"
  keep_secret secrets.env RABBITMQ_COOKIE "$(random)"
}

database_of() { printf '%s' "${1//-/_}"; }

database_secret_of() {
  local name=${1^^}
  printf 'POSTGRES_%s_PASSWORD' "${name//-/_}"
}

# What a wanted server needs to be there before anything is started.
find_programs() {
  local name
  for name in "$@"; do
    case $name in
      postgres) find_postgres ;;
      rabbitmq) find_rabbitmq ;;
    esac
  done
}

# --- PostgreSQL ---------------------------------------------------------------------------------------------------

POSTGRES_DATA=$DATA/postgres

# POSTGRES: where its programs are. They come from Maven, and are unpacked once for each version.
find_postgres() {
  local version
  version=$(sed -n 's:.*<postgresql-server.version>\(.*\)</.*:\1:p' "$ROOT/pom.xml")
  POSTGRES=$ROOT/target/postgresql-$version
  if [[ ! -x $POSTGRES/bin/postgres ]]; then
    fetch_postgres "$version"
  fi
  check_version
  step_down
}

fetch_postgres() {
  local log=$LOGS/postgresql.build.log
  command -v mvn >/dev/null || fail "Maven is missing, which PostgreSQL comes from: apt-get install maven"
  command -v xz >/dev/null || fail "xz is missing, which unpacks PostgreSQL: apt-get install xz-utils"
  say "${BOLD}Fetching PostgreSQL $1${PLAIN}"
  rm -rf -- "$POSTGRES.new"
  if ! (with_java && cd "$ROOT" && exec mvn --batch-mode -N -P postgresql initialize) >"$log" 2>&1 </dev/null 9>&-; then
    grep -E '^\[(ERROR|FATAL)\]' "$log" | head -n 10 >&2 || tail -n 10 "$log" >&2
    fail "PostgreSQL can't be had. All of it is in $(shown "$log")."
  fi
  mkdir -p -- "$POSTGRES.new"
  tar --extract --xz --file "$ROOT"/target/postgresql/*.txz --directory "$POSTGRES.new"
  mv -- "$POSTGRES.new" "$POSTGRES"
}

# Files of one major version are strange to every other one.
check_version() {
  local major mine
  [[ -r $POSTGRES_DATA/PG_VERSION ]] || return 0
  read -r major <"$POSTGRES_DATA/PG_VERSION"
  mine=${POSTGRES##*-}
  [[ ${mine%%.*} == "$major" ]] || fail "$(shown "$POSTGRES_DATA") is of PostgreSQL $major, and this is $mine: start with empty data (--fresh), or carry it over with pg_dump."
}

# STEP_DOWN: what goes before each program of PostgreSQL, which refuses to work for root: somebody without a name in a
# user namespace, or where those are forbidden, nobody, who needs a way to his files then.
step_down() {
  STEP_DOWN=()
  ((EUID == 0)) || return 0
  if [[ $(unshare --user id -u 2>/dev/null || echo 0) != 0 ]]; then
    STEP_DOWN=(unshare --user)
    OWNER=0
  else
    STEP_DOWN=(setpriv --reuid=65534 --regid=65534 --clear-groups --)
    OWNER=65534
    chmod 700 "$DATA"/*/
    chmod 711 "$DATA"
    "${STEP_DOWN[@]}" test -x "$DATA" -a -x "$POSTGRES/bin/postgres" ||
      fail "PostgreSQL refuses to work for root, and no other user may enter $DATA or $POSTGRES.
Start env/local/up as another user, or put both where everybody may go (LOCAL_HOME tells where the data is)."
  fi
}

hand_over() { ((EUID != 0)) || chown -R "$OWNER" -- "$1"; }

# Made beside its place and moved there when it is whole. The services' databases are kept apart: none of their users
# may enter another one's.
make_postgres() {
  local new=$POSTGRES_DATA.new
  rm -rf -- "$new" &&
    mkdir -m 700 -- "$new" &&
    hand_over "$new" &&
    "${STEP_DOWN[@]}" "$POSTGRES/bin/initdb" --pgdata="$new" --username=postgres --auth=reject \
      --encoding=UTF8 --locale=C --data-checksums &&
    printf 'host all all 127.0.0.1/32 scram-sha-256\n' >"$new/pg_hba.conf" &&
    fill_postgres "$new" &&
    hand_over "$new" &&
    mv -- "$new" "$POSTGRES_DATA"
}

# Needs no server and no client: passwords go through standard input, and into no log. What is there already is left.
fill_postgres() {
  databases | "${STEP_DOWN[@]}" "$POSTGRES/bin/postgres" --single -D "$1" -c log_min_error_statement=panic postgres &&
    database_names >"$1/emporion.databases"
}

databases() {
  local name database secret
  printf "alter role postgres password '%s'\n" "${SECRETS[POSTGRES_PASSWORD]}"
  printf 'revoke all on database postgres, template1 from public\n'
  for name in "${SERVICES[@]}"; do
    needs "$name" database || continue
    database=$(database_of "$name")
    secret=$(database_secret_of "$name")
    printf "create role %s login password '%s'\n" "$database" "${SECRETS[$secret]}"
    printf 'create database %s owner %s\n' "$database" "$database"
    printf 'revoke all on database %s from public\n' "$database"
  done
}

database_names() {
  local name
  for name in "${SERVICES[@]}"; do
    if needs "$name" database; then database_of "$name" && echo; fi
  done
}

# Whoever still works there is left over from a server that was killed, and ends by itself.
await_leftovers() {
  local since=$EPOCHREALTIME
  while [[ -n $(find /proc/[0-9]*/cwd -lname "$POSTGRES_DATA" -print -quit 2>/dev/null) ]]; do
    if past "$since" "$LOCAL_READY_SECONDS"; then fail "Processes of a PostgreSQL that was killed still work in $POSTGRES_DATA."; fi
    sleep 0.1
  done
  rm -f -- "$POSTGRES_DATA/postmaster.pid" # its process may have another's number by now
}

start_postgres() {
  local log=$LOGS/postgres.create.log
  if [[ ! -e $POSTGRES_DATA ]]; then
    make_postgres >"$log" 2>&1 || creation_failed "$log"
  else
    await_leftovers
    if ! database_names | cmp -s - "$POSTGRES_DATA/emporion.databases"; then
      fill_postgres "$POSTGRES_DATA" >"$log" 2>&1 || creation_failed "$log"
    fi
    hand_over "$POSTGRES_DATA"
  fi
  spawn postgres postgres "$SHOP" "${STEP_DOWN[@]}" "$POSTGRES/bin/postgres" -D "$POSTGRES_DATA" \
    -c listen_addresses=127.0.0.1 -c "port=$POSTGRES_PORT" -c unix_socket_directories= \
    -c fsync=on -c synchronous_commit=on -c full_page_writes=on \
    -c max_connections=300 -c timezone=UTC -c log_timezone=UTC
}

creation_failed() {
  tail -n 20 "$1" >&2
  fail "PostgreSQL's databases can't be made; the last lines of $(shown "$1") stand above."
}

# As pg_ctl asks: who only connects is refused while the server recovers.
postgres_ready() {
  local lines
  { mapfile -t lines <"$POSTGRES_DATA/postmaster.pid"; } 2>/dev/null || return 1
  alive postgres && [[ ${lines[0]} == "$REPLY" && ${lines[7]-} == ready* ]]
}

# --- RabbitMQ -----------------------------------------------------------------------------------------------------

NODE_HOME=$DATA/rabbitmq

# RABBITMQ: its program. Debian's command on the path changes to a user of its own; what it calls doesn't.
find_rabbitmq() {
  RABBITMQ=/usr/lib/rabbitmq/bin/rabbitmq-server
  [[ -x $RABBITMQ ]] || RABBITMQ=$(command -v rabbitmq-server) || fail "RabbitMQ is missing. Install it:
  Debian, Ubuntu    apt-get install rabbitmq-server
  macOS             brew install rabbitmq
The package may start a RabbitMQ of its own, which is not used and need not run."
  command -v epmd >/dev/null || fail "Erlang's epmd is missing, which comes with RabbitMQ's Erlang: apt-get install erlang-base"
}

# A node of its own: name, cookie, files, and the daemon that nodes are found by, are those of this shop alone.
start_rabbitmq() {
  (
    umask 077
    mkdir -p -- "$NODE_HOME"
    rm -f -- "$NODE_HOME/.erlang.cookie"
    printf '%s' "${SECRETS[RABBITMQ_COOKIE]}" >"$NODE_HOME/.erlang.cookie"
    chmod 400 "$NODE_HOME/.erlang.cookie"
    rabbitmq_settings >"$NODE_HOME/rabbitmq.conf"
    definitions >"$NODE_HOME/definitions.json"
    printf '[].\n' >"$NODE_HOME/enabled_plugins"
  )
  start_epmd
  spawn rabbitmq rabbitmq "$SHOP" "$RABBITMQ"
}

# The port of AMQP is the only one that others need; these two are whatever is free beside it.
start_epmd() {
  read_listeners
  next_free "$((BROKER_PORT + 1))"
  EPMD_PORT=$REPLY
  if alive epmd; then read -r EPMD_PORT <"$RUN/epmd.port"; fi
  next_free "$((EPMD_PORT + 1))"
  NODE_PORT=$REPLY
  if ! alive epmd; then
    printf '%s\n' "$EPMD_PORT" >"$RUN/epmd.port"
    spawn epmd rabbitmq "$SHOP" epmd -address 127.0.0.1 -port "$EPMD_PORT"
    STARTED+=(epmd)
  fi
}

# As many messages as in the embedded broker, and as large ones.
rabbitmq_settings() {
  cat <<END
listeners.tcp.local = 127.0.0.1:$BROKER_PORT
loopback_users.guest = true
max_message_size = 8388608
log.console = true
log.console.level = info
log.file = false
load_definitions = $NODE_HOME/definitions.json
END
}

# The limit is a policy, so that order_created stays a queue that anybody can declare without knowing of it.
definitions() {
  local all='"configure":".*","write":".*","read":".*"' policy=''
  local unread=${EMPORION_BROKER_UNREAD_MAX:-50000}
  if ((unread)); then
    policy='{"vhost":"/","name":"unread","pattern":"^order_created$","apply-to":"queues","priority":0,"definition":{"max-length":'$unread',"overflow":"drop-head"}}'
  fi
  cat <<END
{"vhosts":[{"name":"/"}],
 "users":[{"name":"emporion","password":"${SECRETS[EMPORION_BROKER_PASSWORD]}","tags":""},
          {"name":"guest","password":"guest","tags":""}],
 "permissions":[{"user":"emporion","vhost":"/",$all},{"user":"guest","vhost":"/",$all}],
 "policies":[$policy],
 "queues":[{"name":"order_created","vhost":"/","durable":true,"auto_delete":false,"arguments":{}}]}
END
}

# Exports what the node is given; nothing of a RabbitMQ that is installed here reaches it. The name suffices for
# everything, as it is looked up at this shop's own daemon only.
give_rabbitmq() {
  local name
  for name in "${!RABBITMQ_@}"; do
    unset "$name"
  done
  export HOME=$NODE_HOME ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT=$EPMD_PORT
  export RABBITMQ_NODENAME=emporion@localhost RABBITMQ_DIST_PORT=$NODE_PORT RABBITMQ_CONF_ENV_FILE=/dev/null
  export RABBITMQ_CONFIG_FILE=$NODE_HOME/rabbitmq.conf RABBITMQ_ENABLED_PLUGINS_FILE=$NODE_HOME/enabled_plugins
  export RABBITMQ_MNESIA_BASE=$NODE_HOME/mnesia RABBITMQ_LOG_BASE=$LOGS RABBITMQ_LOGS=-
  export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1}'
  export ERL_CRASH_DUMP=$LOGS/rabbitmq.crash.dump
  export RUNNING_UNDER_SYSTEMD=true # the script becomes the node instead of waiting for it
}

# The door opens last.
rabbitmq_ready() {
  local first
  first=$(greet_amqp 2>/dev/null) && [[ $first == $'\x01' ]]
}

greet_amqp() (
  exec 3<>"/dev/tcp/127.0.0.1/$BROKER_PORT"
  printf 'AMQP\0\0\11\1' >&3
  LC_ALL=C read -r -N 1 -t 2 -u 3 first && printf '%s' "$first"
)
