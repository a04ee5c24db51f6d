# shellcheck shell=bash
# The chapter in which the hub is killed with SIGKILL while a hospital sends. Sourced by run.

chapter '断电：医院正在上报时 SIGKILL 杀死中心，再启动'

# Settlements of other visits, which concern no third party, so that nothing but their number changes: copies of one of
# the hospital's messages under numbers of their own.
per_batch=30
other_settlements() {  # other_settlements BATCH
  mkdir -p "$work/others/$1"
  awk -v batch="$1" -v count="$per_batch" -v folder="$work/others/$1" '
    { lines[NR] = $0 }
    END {
      for (i = 1; i <= count; i++) {
        number = sprintf("%02d%04d", batch, i)
        file = folder "/" number ".json"
        for (n = 1; n <= NR; n++) {
          line = lines[n]
          gsub(/H31011500123202505140930000001/, "H31011500123202505140930" number, line)  # The message.
          gsub(/310115202505060003/, "310115202505" number, line)                          # The visit.
          gsub(/310115S250514004/, "310115S25" number, line)                               # The settlement.
          gsub(/310100250514004/, "310100251" number, line)                                # The invoice.
          print line > file
        }
        close(file)
      }
    }' "$here/hospital/12-2304-illness.json"
}
# Sends batch after batch until the hub no longer answers.
send_until_cut() {
  local batch=0 is=0
  while [ "$is" = 0 ] && [ "$batch" -lt 40 ]; do
    batch=$((batch + 1))
    other_settlements "$batch"
    hospital send "$work/others/$batch" --hub-attempts-max 1 || is=$?
  done
  printf '%s %s\n' "$batch" "$is" >"$work/sender"
}

other_settlements 1
answered_before=$(metric recoup_commands_accepted_total)
send_until_cut >>"$work/story.log" &
sender_pid=$!
for _ in $(seq 2000); do
  answered=$(($(metric recoup_commands_accepted_total) - answered_before))
  [ "$answered" -lt 5 ] || break
done
kill_hub
[ "$answered" -ge 5 ] || fail '医院的上报没有开始'
wait "$sender_pid"
read -r batches sender_code <"$work/sender"
must '医院上报时的退出码' "$sender_code" 3
waiting=$(json hospital status | jq -r .waiting)
[ "$waiting" -gt 0 ] || fail '中心断电后，医院应有待发的消息'
good "医院正在上报 $((batches * per_batch)) 笔其他结算；$((batches * per_batch - waiting)) 笔得到答复后中心被杀死，$waiting 笔留在医院的待发队列"

# The insurer answers and pays, and does not know that nobody listens.
total=0
lines=()
for demand in "${insurer_demands[@]}"; do
  open=$(jq -r --arg name "$demand" '.demands[] | select(.name == $name).open_fen' "$work/insurer-demands.json")
  total=$((total + open))
  lines+=("$demand=$(yuan "$open")")
  code 3 insurer acknowledge "$demand" --hub-attempts-max 1
  code 3 insurer accept "$demand" --amount "$(yuan "$open")" --hub-attempts-max 1
done
code 3 insurer remit --number HA-FK-20251 --paid-on "$today" --pool "pools/$pool" --end-to-end-id HAFK20251 \
  --demands "${lines[@]}" --hub-attempts-max 1
spool_is insurer 5 0
copy_spool insurer
good '保险公司此时签收、认可两份追偿函并发付款通知：五条留在它的待发队列'

start_hub
hospital deliver | indent
insurer deliver | indent
for program in hospital court insurer; do spool_is "$program" 0 0; done
must '其他结算：笔数、不同的号' "$(json ctl advances list --states candidate |
  jq -r '[.advances[].settlement_id] | "\(length - 1) \(unique | length - 1)"')" "$((batches * per_batch)) $((batches * per_batch))"
must '付款通知' "$(json insurer advices list | jq -c '[.remittance_advices[] | [.bank_reference, .amount_fen]]')" '[["HA-FK-20251","1200000"]]'
must '已垫付、已主张、已认可、已放弃' "$(json ctl balances | jq -r "$jq_words"'
  [.rows[] | select(.account | test(":(advanced|claimed|agreed|relinquished)$")).balance_fen | yuan] | join(" ")')" \
  '15190.00 30160.00 48500.00 1500.00'
good "各方队列都已送空；$((batches * per_batch)) 笔其他结算一笔不少、一笔不多；断电前受理的调解与断电中的认可都在账上"
ctl audit check-ledger | indent
