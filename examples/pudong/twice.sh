# shellcheck shell=bash
# The chapter in which everything is sent twice, in each of the ways in which that happens. Sourced by run.

chapter '一切再发一遍：没有一样变成两样'
everything >"$work/before"
replayed_before=$(metric recoup_commands_replayed_total)

# 1. The same files to the same programs: their spools know them.
must '医院再收的消息' "$(json hospital send "$here"/hospital/* | jq -r '.taken_as // empty' | sort | uniq -c | xargs)" '16 ALREADY_TAKEN'
must '法院再推的文书' "$(json court push --consent "$here"/court/*.txt | jq -r '.. | .state? // empty' | grep -c ALREADY_PUSHED)" 4
code 0 insurer remit --number HA-FK-20251 --paid-on "$today" --pool "pools/$pool" --end-to-end-id HAFK20251 --demands "${lines[@]}"
good '同一批文件再交给各方的程序：医院 16 条、法院 4 份、付款通知，本地即知已报'

# 2. The parties' computers come back from a backup that was made before they delivered: all of it goes out again, under
# the same request ids.
delivered_again hospital 15
delivered_again court 4
delivered_again insurer 5
# 3. People press the key again: the same request ids.
repeat_noted
replayed=$(($(metric recoup_commands_replayed_total) - replayed_before))
must '中心按首次答复回答的重复请求' "$replayed" $((15 + 4 + 5 + replays))
good "旧备份中的队列（医院 15、法院 4、保险公司 5 条）与 $replays 条命令以原请求号再发：$replayed 次都得到首次的答复"

# 4. New computers that know nothing: the same facts under new request ids.
mkdir -p "$work/new"
if answer=$(json hospital --spool-file "$work/new/hospital.spool" send "$here"/hospital/*); then fail '已排除的标志不能再排除一次'; fi
must '医院新电脑送达、被拒绝、待发' "$(tail -1 <<<"$answer" | jq -r '"\(.delivered) \(.refused) \(.waiting)"')" '14 1 0'
must '被拒绝的一条' "$(jq -r 'select(.error).error | "\(.reason) \(.metadata.state)"' <<<"$answer")" 'ILLEGAL_TRANSITION CLEARED'
code 0 court --spool-file "$work/new/court.spool" --court-journal-file "$work/new/journal.sqlite" push --consent "$here"/court/*.txt
code 0 insurer policies register --number JQ20250001 --kind ctp --plate '沪A·D1234' --from 2024-09-01 --until 2025-08-31 --medical-limit 18000.00
code 0 insurer policies usage JQ20250001 --accident-on 2025-03-01 --medical-used 11200.00
for file in camt053.xml ebank-return.csv ebank-repaid.csv; do
  must "再导入 $file 新增的流水" "$(json ctl statements import "$work/$file" --account "$account" | jq '[.statements[].new_entry_count] | add')" 0
done
code 0 ctl reconcile
good '全新的电脑以新请求号再发：医院 14 条照旧（第 15 条是再次排除，已排除的不能再排除），法院 4 件、保单、三份银行文件照旧'

everything >"$work/after"
diff -u --label '重发前' "$work/before" --label '重发后' "$work/after" >"$work/changed" || { head -20 "$work/changed" >&2; fail '重复发送改变了账'; }
good "标志、垫付、案件、线索、追偿函、流水、差异、保单、审批、付款通知、余额逐项相同（$(wc -l <"$work/after") 项）"
