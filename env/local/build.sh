# shellcheck shell=bash
# What up needs before it can start anything: a JDK, jars, and a start-up cache for each jar.

# --- the JDK ------------------------------------------------------------------------------------------------------

# JAVA_HOME where it is new enough, else the java of the path, else what lies where JDKs are usually put.
find_jdk() {
  local home
  while read -r home; do
    if is_jdk_25 "$home"; then
      JDK=$home
      return
    fi
  done < <(jdk_candidates)
  fail "No JDK 25 or later was found: neither in JAVA_HOME, nor as java on the path, nor in /usr/lib/jvm, ~/.sdkman or ~/.jdks.
Install one beside the one that you have; it needn't be the default:
  Debian 13, Ubuntu    apt-get install openjdk-25-jdk
  Debian 12            temurin-25-jdk, as adoptium.net tells
  SDKMAN               sdk install java 25-tem
  macOS                brew install openjdk@25"
}

jdk_candidates() {
  local java
  [[ -z ${JAVA_HOME-} ]] || printf '%s\n' "$JAVA_HOME"
  if java=$(command -v java); then
    dirname -- "$(dirname -- "$(readlink -f -- "$java")")"
  fi
  printf '%s\n' /usr/lib/jvm/* ~/.sdkman/candidates/java/* ~/.jdks/*
  if [[ -x /usr/libexec/java_home ]]; then
    /usr/libexec/java_home -v 25+ 2>/dev/null || true
  fi
}

# The release file tells the version without starting a JVM.
is_jdk_25() {
  local line
  [[ -x $1/bin/java && -x $1/bin/javac && -r $1/release ]] || return 1
  while read -r line; do
    if [[ $line =~ ^JAVA_VERSION=\"([0-9]+) ]]; then
      ((BASH_REMATCH[1] >= 25))
      return
    fi
  done <"$1/release"
  return 1
}

# --- the jars -----------------------------------------------------------------------------------------------------

jar_of() { printf '%s' "services/$1/target/$1.jar"; }

# Whether the jar of $1 is missing, or older than anything it is made of.
stale() {
  local jar found
  jar=$ROOT/$(jar_of "$1")
  [[ -f $jar ]] || return 0
  found=$(cd "$ROOT" && find pom.xml api-specs services/http-server services/chassis "services/$1" \
    \( -name target -o -name node_modules -o -path '*/src/test' \) -prune -o -type f -newer "$jar" -print 2>/dev/null | head -n 1)
  [[ -n $found ]]
}

# Builds what is missing of these services, and makes the start-up caches that are worth the time: the first of them while
# Maven still works, which waits for the network more than for a processor.
build() {
  local name modules='' since=$EPOCHREALTIME
  for name in "$@"; do
    if stale "$name"; then modules+=,services/$name; fi
  done
  if [[ -n $modules ]]; then
    command -v mvn >/dev/null || fail "Maven is missing, which builds what is to be started. Install it:
  Debian, Ubuntu    apt-get install maven
  SDKMAN            sdk install maven
  macOS             brew install maven"
    say "${BOLD}Building${PLAIN} (the first time Maven fetches what it needs; its words are in $(shown "$LOGS/build.log"))"
    maven "${modules#,}" "$@"
  fi
  train_all "$@"
}

# Maven itself needs any Java; where there is none but ours, it takes ours.
with_java() { command -v java >/dev/null || export JAVA_HOME=${JAVA_HOME:-$JDK}; }

# maven MODULES SERVICE..: builds the modules; a service whose jar is done goes to its training. Uses build's since.
maven() {
  local log=$LOGS/build.log pid name lines=0 code=0 built
  (with_java && cd "$ROOT" && exec mvn --batch-mode -DskipTests -DtestCompile.skip -pl "$1" -am package) >"$log" 2>&1 </dev/null 9>&- &
  pid=$!
  BACKGROUND+=("$pid")
  while kill -0 "$pid" 2>/dev/null; do
    tell_progress "$log"
    built=" $(jars_done "$log") "
    for name in "${@:2}"; do
      if [[ $built == *" $name "* ]]; then train_if_free "$name" 1 || break; fi
    done
    sleep 0.5
  done
  wait "$pid" || code=$?
  tell_progress "$log"
  if ((code)); then
    grep -E '^\[(ERROR|FATAL)\]' "$log" | head -n 30 >&2 || tail -n 30 "$log" >&2
    fail "The build failed. All of it is in $(shown "$log")."
  fi
}

# The jars of the modules that Maven has left behind, by log $1.
jars_done() {
  sed -nE '
    /^\[INFO\] Building jar: .*\/([^/]+)\.jar$/ { s//\1/; h; }
    /^\[INFO\] Building .* \[[0-9]+\/[0-9]+\]$/ { x; /./p; s/.*//; h; }' "$1" | tr '\n' ' '
}

# One line for each module that Maven has begun since the last call; uses maven's lines and since.
tell_progress() {
  local begun=() line
  mapfile -t begun < <(sed -nE 's/^\[INFO\] Building ([^[]*[^[ ]) +[^ ]+ +\[([0-9]+\/[0-9]+)\]$/\2 \1/p' "$1")
  for line in "${begun[@]:lines}"; do
    elapsed "$since"
    printf '  %-34s at %5s s\n' "$line" "$REPLY"
  done
  lines=${#begun[@]}
}

# --- start-up caches ----------------------------------------------------------------------------------------------

# A JVM accepts a cache only for the very jars, times and flags that it was made with, so these are its name: an
# outdated one is never asked for. CACHE: where the cache of $1 is, or belongs.
name_cache() {
  local made_of key
  made_of=$(cd "$ROOT/services/$1/target" && find "$PWD/$1.jar" libs -name '*.jar' -printf '%p %s %T@\n' 2>/dev/null | LC_ALL=C sort) || true # a jar may stand alone
  key=$(printf '%s\n' "$(<"$JDK/release")" "$LOCAL_JAVA_FLAGS ${HEAP[$1]} ${FLAGS[$1]}" "$made_of" | cksum)
  CACHE=$ROOT/services/$1/target/aot/${key%% *}.aot
}

# Whether a cache is worth the time: for a service that never had one, and for a jar that starts for the second time.
# Who changes a service and starts it once does not wait for it. Sets CACHE.
wants_cache() {
  if [[ $LOCAL_AOT != on ]] || odd_path; then return 1; fi
  name_cache "$1"
  [[ ! -e $CACHE && ! -e $CACHE.failed ]] || return 1
  if [[ ! -d ${CACHE%/*} || -e $CACHE.seen ]]; then return 0; fi
  : >"$CACHE.seen"
  return 1
}

TRAINING_PORTS=18080 # from here on, whatever is free
declare -A TRAININGS=() # by service; nothing for one that needs none

# Two at a time, which keeps two cores busy.
train_all() {
  local name
  for name in "$@"; do
    until train_if_free "$name" 2; do pause 0.4; done
  done
  wait
}

# train_if_free SERVICE MOST: begins the training of a service, where it is wanted and has not begun before. False while
# so many run already. Uses build's since.
train_if_free() {
  local pid running=0 port=$((TRAINING_PORTS + 10 * ${#TRAININGS[@]}))
  [[ ! -v TRAININGS[$1] ]] || return 0
  for pid in "${TRAININGS[@]}"; do
    [[ -z $pid ]] || ! kill -0 "$pid" 2>/dev/null || running=$((running + 1))
  done
  ((running < $2)) || return 1
  TRAININGS[$1]=''
  wants_cache "$1" || return 0
  [[ ${TRAININGS[*]} == *[0-9]* ]] || say "  fast starts are prepared, once for a new jar (LOCAL_AOT=off leaves it out)"
  train "$1" "$port" 9>&- &
  TRAININGS[$1]=$!
  BACKGROUND+=("$!")
}

# Starts a service alone, on other ports and with data of its own, and stops it: its JVM writes the cache as it ends.
# Whatever goes wrong here only leaves the service without a cache.
train() {
  local name=$1 log=$LOGS/training-$1.log
  name_cache "$name"
  mkdir -p "${CACHE%/*}"
  move_ports "$name" "$2"
  if rehearse "$name" && [[ -s $CACHE.new ]]; then
    find "${CACHE%/*}" -type f ! -name "${CACHE##*/}.new" -delete
    mv -- "$CACHE.new" "$CACHE"
    elapsed "$since"
    printf '  %-34s at %5s s\n' "fast start of $name" "$REPLY"
  else
    rm -f -- "$CACHE.new" "$CACHE.new.config"
    : >"$CACHE.failed"
    say "  $name starts without a cache; $(shown "$log") tells why"
  fi
  rm -rf -- "$DATA/training-$name"
}

rehearse() {
  local id=training-$1 since=$EPOCHREALTIME
  # shellcheck disable=SC2034 # launch looks at them; a rehearsal has data of its own
  local DATABASE=h2 BROKER=embedded
  mkdir -p "$DATA/$id"
  trap 'interrupt 143' TERM
  launch "$id" "$1" "$DATA/$id" "-XX:AOTCacheOutput=$CACHE.new"
  until ready "$1" || enough "$1" "$since"; do
    alive "$id" || return 1
    sleep 0.2
  done
  answer "$(health_port "$1")" /metrics || true
  answer "$(server_port "$1")" / || true
  LOCAL_STOP_SECONDS=$LOCAL_READY_SECONDS stop_together "$id" >/dev/null
}

# A service that answers and yet is not ready for long misses a neighbour: it has loaded what it can.
enough() {
  past "$2" "$LOCAL_READY_SECONDS" || { past "$2" 30 && answer "$(health_port "$1")" "${HEALTH[$1]}"; }
}
