#include "adapters/hospital/national/field_terms.h"

#include <array>

namespace recoup::hospital::national {
namespace {

struct FieldTerm {
  std::string_view field;
  std::string_view term;
};

// 定点医药机构接口规范: the names in its tables of input and output.
constexpr std::array kFieldTerms = {
    FieldTerm{"infno", "交易编号"},
    FieldTerm{"msgid", "发送方报文ID"},
    FieldTerm{"mdtrtarea_admvs", "就医地医保区划"},
    FieldTerm{"insuplc_admdvs", "参保地医保区划"},
    FieldTerm{"recer_sys_code", "接收方系统代码"},
    FieldTerm{"infver", "接口版本号"},
    FieldTerm{"opter_type", "经办人类别"},
    FieldTerm{"opter", "经办人"},
    FieldTerm{"opter_name", "经办人姓名"},
    FieldTerm{"inf_time", "交易时间"},
    FieldTerm{"fixmedins_code", "定点医药机构编号"},
    FieldTerm{"fixmedins_name", "定点医药机构名称"},
    FieldTerm{"input", "交易输入"},
    FieldTerm{"output", "交易输出"},
    FieldTerm{"infcode", "交易状态码"},
    FieldTerm{"inf_refmsgid", "接收方报文ID"},
    FieldTerm{"err_msg", "错误信息"},
    FieldTerm{"enc_type", "加密方式"},
    FieldTerm{"request", "请求"},
    FieldTerm{"response", "应答"},
    FieldTerm{"mdtrtinfo", "就诊信息"},
    FieldTerm{"adminfo", "入院信息"},
    FieldTerm{"dscginfo", "出院信息"},
    FieldTerm{"diseinfo", "诊断信息"},
    FieldTerm{"setlinfo", "结算信息"},
    FieldTerm{"setldetail", "基金支付明细"},
    FieldTerm{"exp_content", "字段扩展"},
    FieldTerm{"psn_no", "人员编号"},
    FieldTerm{"psn_name", "人员姓名"},
    FieldTerm{"psn_cert_type", "人员证件类型"},
    FieldTerm{"certno", "证件号码"},
    FieldTerm{"mdtrt_cert_type", "就诊凭证类型"},
    FieldTerm{"mdtrt_cert_no", "就诊凭证编号"},
    FieldTerm{"gend", "性别"},
    FieldTerm{"brdy", "出生日期"},
    FieldTerm{"tel", "联系电话"},
    FieldTerm{"insutype", "险种类型"},
    FieldTerm{"med_type", "医疗类别"},
    FieldTerm{"mdtrt_id", "就诊ID"},
    FieldTerm{"ipt_no", "住院号"},
    FieldTerm{"ipt_otp_no", "住院/门诊号"},
    FieldTerm{"medcasno", "病案号"},
    FieldTerm{"begntime", "开始时间"},
    FieldTerm{"endtime", "结束时间"},
    FieldTerm{"adm_time", "入院时间"},
    FieldTerm{"dscg_time", "出院时间"},
    FieldTerm{"trum_flag", "外伤标志"},
    FieldTerm{"rel_ttp_flag", "涉及第三方标志"},
    FieldTerm{"main_cond_dscr", "主要病情描述"},
    FieldTerm{"adm_diag_dscr", "入院诊断描述"},
    FieldTerm{"dise_name", "病种名称"},
    FieldTerm{"dscg_maindiag_code", "主诊断编码"},
    FieldTerm{"dscg_maindiag_name", "主诊断名称"},
    FieldTerm{"diag_code", "诊断代码"},
    FieldTerm{"diag_name", "诊断名称"},
    FieldTerm{"maindiag_flag", "主诊断标志"},
    FieldTerm{"vali_flag", "有效标志"},
    FieldTerm{"adm_cond", "入院病情"},
    FieldTerm{"setl_id", "结算ID"},
    FieldTerm{"setl_time", "结算时间"},
    FieldTerm{"medins_setl_id", "医药机构结算ID"},
    FieldTerm{"medfee_sumamt", "医疗费总额"},
    FieldTerm{"fund_pay_sumamt", "基金支付总额"},
    FieldTerm{"psn_part_amt", "个人负担总金额"},
    FieldTerm{"hosp_part_amt", "医院负担金额"},
    FieldTerm{"acct_pay", "个人账户支出"},
    FieldTerm{"acct_mulaid_pay", "个人账户共济支付金额"},
    FieldTerm{"psn_cash_pay", "个人现金支出"},
    FieldTerm{"hifp_pay", "基本医疗保险统筹基金支出"},
    FieldTerm{"cvlserv_pay", "公务员医疗补助资金支出"},
    FieldTerm{"hifes_pay", "企业补充医疗保险基金支出"},
    FieldTerm{"hifmi_pay", "居民大病保险资金支出"},
    FieldTerm{"hifob_pay", "职工大额医疗费用补助基金支出"},
    FieldTerm{"hifdm_pay", "伤残人员医疗保障基金支出"},
    FieldTerm{"maf_pay", "医疗救助基金支出"},
    FieldTerm{"oth_pay", "其他支出"},
    FieldTerm{"fund_pay_type", "基金支付类型"},
    FieldTerm{"fund_pay_type_name", "基金支付类型名称"},
    FieldTerm{"fund_payamt", "基金支付金额"},
    FieldTerm{"refd_setl_flag", "退费结算标志"},
    FieldTerm{"omsgid", "原发送方报文ID"},
    FieldTerm{"oinfno", "原交易编号"},
    FieldTerm{"invono", "发票号"},
    FieldTerm{"bill_code", "票据代码"},
    FieldTerm{"bill_no", "票据号码"},
    FieldTerm{"hi_type", "医保类型"},
    FieldTerm{"pwcry_bfadm_coma_dura", "颅脑损伤患者入院前昏迷时间"},
    FieldTerm{"pwcry_afadm_coma_dura", "颅脑损伤患者入院后昏迷时间"},
};

}  // namespace

std::string_view TermOf(std::string_view field) {
  for (const FieldTerm& row : kFieldTerms) {
    if (row.field == field) return row.term;
  }
  return "";
}

}  // namespace recoup::hospital::national
