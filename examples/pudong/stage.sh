# shellcheck shell=bash
# The stage of the story: a work folder of its own, free ports, the hub's life, the parties' settings.
# Sourced by run, which sets $bin and $work.

pool=310115-310
hub_pid=

# --- the work folder -------------------------------------------------------------------------------------------------

# Takes the folder for this story and empties it. The lock is held by this shell and by the hub it starts, so that it
# outlives the story when --keep leaves the hub running; nobody's files are taken away under a living hub.
take_work_folder() {
  mkdir -p "$work"
  work=$(cd "$work" && pwd)
  exec 8<"$work"
  flock --nonblock 8 || fail "目录 $work 正在使用中：$(processes_with "$work/hub.toml")。请先停止它，或换一个目录"
  if [ -n "$(ls -A "$work")" ] && [ ! -e "$work/.pudong" ] && [ ! -d "$work/pki" ]; then
    fail "目录 $work 里有别的文件，不是本示例留下的；请换一个空目录"
  fi
  find "$work" -mindepth 1 ! -name .pudong -delete
  : >"$work/.pudong"  # Whatever becomes of this run, the next one may clear the folder.
  owned=yes
}

# processes_with ARGUMENT: who runs with exactly this argument, for messages.
processes_with() {
  local file found=
  while read -r file; do
    [ -r "$file" ] || continue  # The search itself, which is over.
    found+="${found:+，}$(process_name "${file//[!0-9]/}")"
  done < <(grep -lzxF -- "$1" /proc/[0-9]*/cmdline 2>/dev/null)
  printf '%s' "${found:-另一次演示}"
}
process_name() { printf '%s（进程 %s）' "$(tr '\0\n' '  ' <"/proc/$1/cmdline" | cut -c1-80 | sed 's/ *$//')" "$1"; }

# --- ports ---------------------------------------------------------------------------------------------------------------

# holder_of_port PORT: who listens there; fails when nobody does.
holder_of_port() {
  local inode file
  inode=$(awk -v port="$(printf ':%04X' "$1")" \
    '$4 == "0A" && substr($2, length($2) - 4) == port { print $10; exit }' /proc/net/tcp /proc/net/tcp6 2>/dev/null)
  [ -n "$inode" ] || return 1
  file=$(find /proc/[0-9]*/fd -lname "socket:\\[$inode\\]" -print -quit 2>/dev/null || true)
  if [ -n "$file" ]; then process_name "$(cut -d/ -f3 <<<"$file")"; else printf '别的用户的进程'; fi
}

# The API's port and the next one, for metrics. A port that was asked for is that one or none.
choose_port() {
  local candidate holder wanted=${PUDONG_PORT:-}
  for candidate in ${wanted:-$(seq 17443 2 17541)}; do
    holder=$(holder_of_port "$candidate" || holder_of_port $((candidate + 1))) || { port=$candidate; return 0; }
    [ -z "$wanted" ] || fail "端口 $wanted 或 $((wanted + 1)) 已被占用：$holder。请先停止它，或另设 PUDONG_PORT"
    say "端口 $candidate 或 $((candidate + 1)) 已被占用：$holder；换一个"
  done
  fail '17443 至 17542 之间没有空闲端口，请用 PUDONG_PORT 指定'
}

# --- the hub -------------------------------------------------------------------------------------------------------------

start_hub() {
  : >"$work/hub.out"
  "$bin/recoup-hub" serve --config "$work/hub.toml" >"$work/hub.out" 2>>"$work/hub.log" &
  hub_pid=$!
  for _ in $(seq 200); do
    grep -q 'serving on port' "$work/hub.out" && return 0
    kill -0 "$hub_pid" 2>/dev/null || { hub_pid=; tail -5 "$work/hub.log" >&2; fail '中心未能启动'; }
    sleep 0.05
  done
  fail '中心未能在 10 秒内就绪'
}
kill_hub() { kill -KILL "$hub_pid"; wait "$hub_pid" 2>/dev/null || true; hub_pid=; }
stop_hub() { [ -z "$hub_pid" ] || { kill -TERM "$hub_pid" 2>/dev/null || true; wait "$hub_pid" 2>/dev/null || true; hub_pid=; }; }

# metric NAME: one number of the metrics page.
metric() {
  local line value=
  exec 3<>"/dev/tcp/127.0.0.1/$((port + 1))" || return 1
  printf 'GET /metrics HTTP/1.0\r\n\r\n' >&3
  while read -r line; do case "$line" in "$1 "*) value=${line##* } ;; esac; done <&3
  exec 3>&-
  [ -n "$value" ] && printf '%.0f' "${value%$'\r'}"
}

# --- the parties ---------------------------------------------------------------------------------------------------------

# What they log goes to one file, at the most talkative level; log_names_nobody looks through it.
export RECOUP_LOG_LEVEL=debug
ctl() { "$bin/recoupctl" --config "$work/officer.toml" "$@" 2>>"$work/programs.log"; }
second() { "$bin/recoupctl" --config "$work/second.toml" "$@" 2>>"$work/programs.log"; }
operator() { "$bin/recoupctl" --config "$work/operator.toml" "$@" 2>>"$work/programs.log"; }
hospital() { "$bin/recoup-hospital" --config "$work/hospital.toml" "$@" 2>>"$work/programs.log"; }
court() { "$bin/recoup-court" --config "$work/court.toml" "$@" 2>>"$work/programs.log"; }
insurer() { "$bin/recoup-insurer" --config "$work/insurer.toml" "$@" 2>>"$work/programs.log"; }
json() { "$@" --format json; }

# settings FILE PARTY [ACTOR]: a settings file of a program, to which its own keys are appended.
settings() {
  local folder="$work/pki/parties/$2${3:+/$3}"
  cat >"$work/$1.toml" <<TOML
[hub]
target = "127.0.0.1:$port"
ca_file = "$work/pki/ca.pem"
certificate_file = "$folder/client.pem"
key_file = "$folder/client.key"
TOML
}

make_keys_and_settings() {
  "$bin/recoupctl" pki init --dir "$work/pki" >/dev/null
  local who
  for who in operator/demo hospital/dongan court/pudong insurer/huaan mediator/pudong; do
    "$bin/recoupctl" pki issue --dir "$work/pki" --party "$who" >/dev/null
  done
  "$bin/recoupctl" pki issue --dir "$work/pki" --party fund/pudong --actor wang-min >/dev/null
  "$bin/recoupctl" pki issue --dir "$work/pki" --party fund/pudong --actor li-hua >/dev/null
  cat >"$work/hub.toml" <<TOML
[listen]
address = "127.0.0.1:$port"
[metrics]
address = "127.0.0.1:$((port + 1))"
[tls]
ca_file = "$work/pki/ca.pem"
certificate_file = "$work/pki/hub/server.pem"
key_file = "$work/pki/hub/server.key"
[store]
data_file = "$work/recoup.db"
[keys]
keyring_file = "$work/pki/hub/keyring"
signing_key_file = "$work/pki/hub/tree-head.key"
TOML
  settings operator operator/demo
  settings officer fund/pudong wang-min
  settings second fund/pudong li-hua
  printf '[ctl]\npool = "%s"\n' "$pool" | tee -a "$work/officer.toml" >>"$work/second.toml"
  settings hospital hospital/dongan
  cat >>"$work/hospital.toml" <<TOML
[spool]
file = "$work/hospital.spool"
[hospital]
code = "H31011500123"
name = "东岸人民医院"
area_code = "310115"
insurance = ["01=310"]
TOML
  settings court court/pudong
  cat >>"$work/court.toml" <<TOML
[spool]
file = "$work/court.spool"
[court]
signing_key_file = "$work/pki/parties/court/pudong/signing.key"
hub_verify_key_file = "$work/pki/hub/tree-head.pem"
receipt_directory = "$work/receipts"
TOML
  settings insurer insurer/huaan
  cat >>"$work/insurer.toml" <<TOML
[spool]
file = "$work/insurer.spool"
[insurer]
watch_file = "$work/insurer.watch"
TOML
}

register_parties() {
  register fund/pudong '浦东新区医疗保险事务中心' --pools "pools/$pool"
  register hospital/dongan '东岸人民医院' --pools "pools/$pool"
  register court/pudong '上海市浦东新区人民法院' --signing-keys "$(key_of court/pudong)"
  register insurer/huaan '华岸财产保险股份有限公司上海分公司' --aliases '华岸财产保险股份有限公司' \
    --signing-keys "$(key_of insurer/huaan)"
  register mediator/pudong '浦东新区人民调解委员会'
}
register() {  # register PARTY NAME [further flags]
  operator parties register --name "parties/$1" --kind "${1%%/*}" --display-name "$2" "${@:3}" >/dev/null
}
key_of() { printf 'public_key=@%s' "$work/pki/parties/$1/signing.pem"; }
