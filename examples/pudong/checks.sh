# shellcheck shell=bash
# What the story checks: every figure against README.md, every spool, and that what is sent again changes nothing.
# Sourced by run, which sets $here and $work. A check that does not hold ends the story.

# must WHAT IS SHALL_BE
must() { [ "$2" = "$3" ] || fail "$1 应为 $3，实为 $2"; }

# code CODE COMMAND…: the command must end with this exit code; what it prints is kept and not shown.
code() {
  local wanted=$1 is=0
  shift
  "$@" >>"$work/story.log" || is=$?
  [ "$is" = "$wanted" ] || { tail -5 "$work/programs.log" >&2; fail "「$*」应以 $wanted 结束，实为 $is"; }
}

# Reading what programs print as JSON: amounts in yuan, enumerators in the words of README.md.
jq_words='
  def yuan: tonumber | (if . < 0 then "-" else "" end) as $sign | (if . < 0 then -. else . end)
    | "\($sign)\(. / 100 | floor).\(. % 100 | if . < 10 then "0\(.)" else "\(.)" end)";
  def word: {
    FLAG_STATE_SUSPECTED: "疑似", FLAG_STATE_CONFIRMED: "确认", FLAG_STATE_CLEARED: "排除",
    ADVANCE_STATE_CANDIDATE: "候选", ADVANCE_STATE_OPEN: "在账", ADVANCE_STATE_REVERSED: "撤销",
    BASIS_NET: "已扣减", BASIS_GROSS: "未扣减", BASIS_NONE: "无基金支付",
    GRADE_ADVANCE_OUTSTANDING: "已垫付未返还", GRADE_ADVANCE_REPAID: "已垫付已返还", GRADE_NO_ADVANCE: "无垫付",
    ADVANCE_OUTSTANDING: "已垫付未返还", ADVANCE_REPAID: "已垫付已返还", NO_ADVANCE: "无垫付",
    LEAD_STATE_CONFIRMED: "确认", LEAD_STATE_REVIEW: "待复核",
    DEMAND_STATE_ISSUED: "已发出", DEMAND_STATE_PAID: "已结清", DEMAND_STATE_PARTLY_PAID: "部分付款",
    DEMAND_STATE_AGREED: "已认可", DEMAND_STATE_WITHDRAWN: "撤回",
    BREAK_KIND_UNKNOWN_PAYMENT: "不明来款", BREAK_KIND_RETURNED_PAYMENT: "退汇"
  }[.] // .;'
# rows PROGRAM: lines of tab-separated values from the JSON on standard input, sorted.
rows() { jq -r "$jq_words $1 | @tsv" | LC_ALL=C sort; }

# readme TABLE [COLUMNS]: the rows of the table under this heading of README.md, in the same form.
readme() {
  awk -v heading="### $1" -v columns="${2:-}" -F ' *[|] *' '
    BEGIN { count = split(columns, chosen, ",") }
    /^#/ { inside = $0 == heading; seen = 0 }
    inside && /^\|/ && ++seen > 2 {
      if (count == 0) { for (i = 2; i < NF; i++) chosen[i - 1] = i - 1; width = NF - 2 } else width = count
      line = ""
      for (i = 1; i <= width; i++) {
        cell = $(chosen[i] + 1)
        if (match(cell, /（/) && RSTART > 1) cell = substr(cell, 1, RSTART - 1)  # A remark; （2025） is none.
        gsub(/[,`]/, "", cell)
        line = line (i > 1 ? "\t" : "") cell
      }
      print line
    }' "$here/README.md" | LC_ALL=C sort
}

# holds TABLE: standard input must be the rows of this table of README.md.
holds() {
  cat >"$work/is.tsv"
  readme "$@" >"$work/shall-be.tsv"
  [ -s "$work/shall-be.tsv" ] || fail "README.md 中没有「$1」"
  diff -u --label "README.md「$1」" "$work/shall-be.tsv" --label '中心' "$work/is.tsv" >&2 || fail "与 README.md 的「$1」不符"
}

# spool_is PROGRAM WAITING REFUSED
spool_is() {
  must "$1 的待发队列（待发、被拒绝）" "$(json "$1" status | jq -r '"\(.waiting) \(.refused)"')" "$2 $3"
}

# Everything of which there must be one only, with the state it is in.
everything() {
  {
    json ctl flags list; json ctl advances list; json ctl court-cases list; json ctl leads list; json ctl demands list
    json ctl entries list; json ctl breaks list; json ctl policies list; json ctl approvals list
    json insurer advices list; json ctl balances
  } | jq -c 'to_entries[] | select(.value | type == "array") | .key as $list | .value[] |
      [$list, .name // .account, .state, .elements.grade, .amount_fen, .open_fen, .applied_fen, .relinquished_fen,
       .unapplied_fen, .balance_fen, .stage_amounts, (.usages // [] | map(.medical_used_fen))]'
}

# What all programs have logged at the level debug names none of the people, by name or identity number.
log_names_nobody() {
  { readme '人物' 1; readme '人物' 2; printf '%s\n' 陆志强 郑晓东 蒋文博; } | sort -u >"$work/people"
  must '日志中的姓名和证件号码' "$(cat "$work/hub.log" "$work/programs.log" | grep -cFf "$work/people")" 0
  good "$(cat "$work/hub.log" "$work/programs.log" | wc -l) 行 debug 级日志中没有 $(wc -l <"$work/people") 个姓名和证件号码中的任何一个"
}

# --- again, under the same request id ------------------------------------------------------------------------------------

# UUID of version 7, as --request-id takes it.
uuid7() {
  local ms
  printf -v ms '%012x' $((${EPOCHREALTIME//[!0-9]/} / 1000))
  printf '%s-%s-7%03x-8%03x-%04x%04x%04x' "${ms:0:8}" "${ms:8:4}" $((RANDOM % 4096)) $((RANDOM % 4096)) $RANDOM $RANDOM $RANDOM
}

# noted COMMAND…: runs it under a request id that is written down, as somebody does who may have to ask again.
noted() {
  local id
  id=$(uuid7)
  printf '%q ' "$@" --request-id "$id" >>"$work/noted"
  printf '\n' >>"$work/noted"
  "$@" --request-id "$id"
}

# Every noted command once more; each must be answered as a replay. Sets $replays.
repeat_noted() {
  local line answer
  replays=0
  while read -r line; do
    answer=$(eval "json $line" </dev/null) || fail "重发失败：$line"
    must "重发「$line」的 replayed" "$(jq -r .replayed <<<"$answer")" true
    replays=$((replays + 1))
  done <"$work/noted"
}

# delivered_again PROGRAM COUNT: a spool that was put back as it was before it was delivered is delivered again, under
# the same request ids.
delivered_again() {
  local answer
  answer=$(json "$1" --spool-file "$work/earlier/$1.spool" deliver) || fail "$1 的旧队列未能再次送达：$answer"
  must "$1 再次送达、被拒绝的条数" "$(jq -r '"\(.delivered) \(.refused)"' <<<"$answer")" "$2 0"
}
# As it is now, to be put back later.
copy_spool() { mkdir -p "$work/earlier"; cp "$work/$1".spool* "$work/earlier/"; }
