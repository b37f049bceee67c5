// What each view shows. Merit comes first; agency and organisation are fetched only after merit is decided (law 2).
import { answer, lacking } from "./answer.js";
import { care } from "./care.js";
import { arrive, call, form, h, may, route, show, state, t, words } from "./desk.js";
import { strip } from "./strip.js";

const PURPOSES = [["handling", "处理投诉", "handling"], ["investigation", "调查", "investigation"], ["aid", "援助", "aid"], ["inspection", "检查", "inspection"], ["administration", "系统管理", "administration"]];
const ROLES = [["handler", "经办", "handler"], ["analyst", "分析", "analyst"], ["supervisor", "主管", "supervisor"], ["consumer_protection", "消费者保护", "consumer protection"], ["legal", "法务", "legal liaison"], ["ad_monitor", "广告监测", "ad monitor"], ["victim_support", "受害人援助", "victim support"], ["inspector", "检查", "inspector"], ["auditor", "审计", "auditor"], ["admin", "管理员", "administrator"]];
const STATES = { confirmed: ["成立", "confirmed", "bad"], partly: ["部分成立", "partly", "warn"], disputed: ["双方记录不一致", "disputed", "warn"], contradicted: ["与记录相反", "contradicted", ""], not_found: ["记录中未见", "not found in our records", ""], unchecked: ["未能核查", "unchecked", "soft"] };
const MERIT = [["upheld", "成立", "upheld"], ["partly", "部分成立", "partly upheld"], ["not_upheld", "不成立", "not upheld"]];
const CONCLUSIONS = [["ordinary", "无代理线索", "no sign of an agency"], ["authorised_agent", "合法授权代理", "authorised agent"], ["linked_to_suspected_organisation", "与疑似非法代理组织有关联（须第二人确认）", "linked to a suspected organisation (takes two)"], ["breach_of_order", "扰乱投诉秩序（须第二人确认）", "breach of complaint order (takes two)"], ["insufficient", "线索不足以判断", "not enough to judge"]];
const named = (list, code) => { const one = list.find((row) => row[0] === code); return one ? t(one[1], one[2]) : code; };
const options = (list) => list.map(([code, zh, en]) => h("option", { value: code }, t(zh, en)));
const field = (label, input) => h("label", {}, label, input);
const grievance = (code) => words(state.catalogue.grievances.find((one) => one.code === code)) || code;
const detector = (code) => words(state.catalogue.detectors.find((one) => one.code === code)) || code;
const table = (heads, rows) => h("div", { class: "wide" }, h("table", {}, h("tr", {}, heads.map((one) => h("th", {}, one))), rows));
const again = () => { arrive().then(route); };

export function landing() {
  show(
    h("h1", {}, t("投诉处理台", "The complaint desk")),
    h("p", {}, t("投诉按法定期限排队；先核诉求，后看代理与团伙；由人决定，每一步都封存。", "Complaints queue by statutory deadline; merit first, then agency and organisation; people decide, and every step is sealed.")),
    h("div", { class: "two" },
      h("div", { class: "card" }, h("h2", {}, t("登录", "Sign in")),
        form(t("登录", "Sign in"), [
          field(t("名称", "Name"), h("input", { name: "name", required: true, autocomplete: "username" })),
          field(t("口令", "Password"), h("input", { name: "password", type: "password", required: true, autocomplete: "current-password" })),
          field(t("本次目的", "Purpose"), h("select", { name: "purpose" }, options(PURPOSES))),
        ], async (data) => { await call("/api/session", "POST", Object.fromEntries(data)); await arrive(); location.hash = ""; route(); })),
      h("div", { class: "card" }, h("h2", {}, t("第一次来", "First time here")),
        h("ul", {},
          h("li", {}, t("打开 mingcha serve 打印的一次性链接，为 admin 设置口令；", "Open the one-time link that mingcha serve printed and set a password for admin;")),
          h("li", {}, t("以 admin、目的“系统管理”登录，新建经办账号；管理员自己看不到投诉；", "sign in as admin for the purpose “administration” and make a handler's account; the administrator reads no complaints;")),
          h("li", {}, t("也可用命令行：", "or on the command line: "), h("code", {}, "mingcha accounts add NAME --role handler"), t("；", ";")),
          h("li", {}, t("看报告：登录后点“报告”，或 ", "see the report: sign in and open “Report”, or "), h("code", {}, "mingcha report report.html"), t("。", "."))),
        h("p", {}, h("a", { href: "/docs" }, t("接口文档", "API pages"))))));
}

export function setup(token) {
  show(h("div", { class: "card" }, h("h1", {}, t("设置口令", "Set a password")),
    h("p", { class: "soft" }, t("至少 12 个字符。链接只能用一次。", "At least 12 characters. The link works once.")),
    form(t("确定", "Set"), [field(t("口令", "Password"), h("input", { name: "password", type: "password", minlength: 12, required: true, autofocus: true, autocomplete: "new-password" }))],
      async (data) => {
        const done = await call("/api/setup", "POST", { token, password: data.get("password") });
        history.replaceState(null, "", "/setup"); // the token is used; it leaves the address
        show(h("p", { class: "card" }, t(`已为 ${done.name} 设置口令。`, `The password of ${done.name} is set. `), h("a", { href: "/" }, t("去登录", "Sign in"))));
      })));
}

export async function account() {
  if (!may("manage_accounts")) return show(h("p", { class: "card" }, t("以此目的登录没有可看的队列。请退出，换一个目的登录。", "This purpose opens no queue. Sign out and choose another purpose.")));
  const people = await call("/api/accounts");
  const link = (name, token) => [t(`请 ${name} 在 24 小时内打开（只能用一次）：`, `${name} opens this within 24 hours (works once): `), h("code", {}, `${location.origin}/setup#${token}`)];
  show(h("h1", {}, t("账号", "Accounts")),
    h("div", { class: "card" }, table([t("名称", "name"), t("角色", "roles"), t("上级", "reports to"), t("状态", "state"), ""], people.map((one) => h("tr", {},
      h("td", {}, one.name), h("td", {}, one.roles.map((role) => named(ROLES, role)).join("、")), h("td", {}, one.reports_to || ""),
      h("td", {}, one.disabled ? t("已停用", "disabled") : one.ready ? t("可用", "ready") : t("待设置", "not set up yet")),
      h("td", { class: "n" }, !one.disabled && one.name !== state.me.name && h("button", { class: "plain", onclick: async () => { await call(`/api/accounts/${encodeURIComponent(one.name)}`, "DELETE"); again(); } }, t("停用", "Disable"))))))),
    h("div", { class: "card" }, h("h2", {}, t("新建账号", "New account")), form(t("新建", "Make"), [
      field(t("名称", "Name"), h("input", { name: "name", required: true, maxlength: 100 })),
      field(t("角色", "Role"), h("select", { name: "role" }, options(ROLES))),
      field(t("直接上级（可空）", "Reports to (may be blank)"), h("select", { name: "boss" }, h("option", { value: "" }, "—"), people.map((one) => h("option", {}, one.name)))),
    ], async (data) => {
      const made = await call("/api/accounts", "POST", { name: data.get("name"), roles: [data.get("role")], reports_to: data.get("boss") || null });
      return link(made.name, made.setup_token);
    })));
}

function due(row) {
  const left = Math.round((Date.parse(row.nearest) - Date.parse(new Date().toLocaleDateString("sv", { timeZone: "Asia/Shanghai" }))) / 864e5);
  return h("span", { class: left <= 3 ? "bad" : left <= 7 ? "warn" : "good" }, left < 0 ? t(`逾期 ${-left} 天`, `${-left} d late`) : t(`剩 ${left} 天`, `${left} d left`));
}

function clockLines(clock) {
  const { channel_due: asked, due: on, ended_on: ended, first_due: first, moves, regime, started_on: start, title, unread } = clock;
  return h("p", {}, h("b", {}, t(title.zh, title.en)), " ", ended ? t(`已于 ${ended} 终结`, `ended ${ended}`) : due({ nearest: asked && asked < on ? asked : on }), " ",
    t(`收到 ${start}，首个期限 ${first}，现期限 ${on}`, `received ${start}, first due ${first}, due ${on}`), " ", unread && h("span", { class: "tag soft" }, t("期限未查到出处", "deadline without source")), h("br"), h("span", { class: "soft small" }, regime),
    moves.map((move) => h("span", { class: move.took_effect ? "small" : "soft small" }, h("br"), `${move.took_effect ? "✓" : "✗"} ${move.event.at.slice(0, 10)} `, words(move.why))));
}

function marks(row) {
  return [row.welfare && h("span", { class: "tag bad" }, t("关怀通道", "welfare lane")), row.state === "needs_repair" && h("span", { class: "tag warn" }, t("待补正", "needs repair")), row.unread_clock && h("span", { class: "tag soft" }, t("期限未查到出处", "deadline without source")), row.reopened && h("span", { class: "tag warn" }, t("决定后记录有变", "records changed since")), row.merit_decided && h("span", { class: "tag good" }, t("诉求已决", "merit decided"))];
}

export async function queue(after, before = []) {
  const page = await call("/api/queue?limit=50" + (after ? `&after=${encodeURIComponent(after)}` : ""));
  const rows = [...before, ...page.rows];
  show(h("h1", {}, t("待办", "Queue"), " ", h("small", { class: "soft" }, `${rows.length} / ${page.total}`)),
    page.total === 0
      ? h("p", { class: "card" }, t("还没有投诉。先导入：", "No complaints yet. Import some: "), h("code", {}, "mingcha import complaints FILE"))
      : h("div", { class: "card" }, table([t("期限", "due"), "", t("渠道", "channel"), t("产品", "product"), "", t("编号", "id")], rows.map((row) => h("tr", {},
        h("td", { class: "tight" }, due(row)), h("td", { class: "tight" }, row.nearest), h("td", {}, row.channel || ""), h("td", {}, row.product || ""), h("td", {}, marks(row)),
        h("td", { class: "tight" }, h("a", { href: `#/complaint/${row.id}` }, h("code", {}, row.id))))))),
    page.aside > 0 && h("p", { class: "soft" }, t(`本页另有 ${page.aside} 件指名您或您所在条线，由他人办理。`, `${page.aside} more of this page name you or your line: others handle them.`)),
    page.next && h("button", { class: "plain", onclick: () => queue(page.next, rows) }, t("再看 50 件", "50 more")));
}

// Spans count code points; strings here count UTF-16 units, so cut by code points.
function marked(text, spans) {
  const points = Array.from(text || t("（无正文）", "(no text)"));
  const parts = [];
  let at = 0;
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    if (span.start < at) continue;
    parts.push(points.slice(at, span.start).join(""), h("mark", { title: span.what }, points.slice(span.start, span.end).join("")));
    at = span.end;
  }
  return h("p", { class: "text" }, parts, points.slice(at).join(""));
}

function meritRows(results) {
  return results.map((one) => {
    const [zh, en, tone] = STATES[one.state];
    return h("tr", {}, h("td", {}, grievance(one.grievance), !one.claim && h("span", { class: "soft" }, t("（未提出）", " (not claimed)"))), h("td", { class: `tight ${tone}` }, t(zh, en)),
      h("td", {}, words(one.why), ((one.searched || {}).missing || []).map((gap) => h("div", { class: "soft small" }, words(gap)))), h("td", { class: "small soft" }, h("code", {}, one.clause)));
  });
}

function reason(data) {
  return data.get("reason");
}

export async function complaint(id) {
  const view = await call(`/api/complaints/${encodeURIComponent(id)}`);
  const { merit, conclusion, awaiting_second: waiting } = view.decisions;
  const path = `/api/complaints/${encodeURIComponent(id)}`;
  const opened = view.row.merit_decided && may("see_complaint_reveal") ? await call(`${path}/reveal`).catch((error) => ({ error })) : null;
  show(h("h1", {}, h("code", {}, id)), h("p", {}, marks(view.row)),
    view.row.welfare && may("stop_contact") && care(path, view),
    h("div", { class: "card" }, h("p", { class: "soft small" }, [view.row.channel, view.row.product, view.row.received_at.slice(0, 10)].filter(Boolean).join(" · ")), marked(view.text, view.highlights)),
    h("div", { class: "card" }, h("h2", {}, t("期限", "Clock")), [view.clock, ...view.clock.further].map(clockLines)),
    h("div", { class: "card" }, h("h2", {}, t("一、诉求核查", "1. Merit")), view.merit.length ? table([t("诉求", "grievance"), t("结果", "state"), t("理由", "why"), t("依据", "clause")], meritRows(view.merit)) : h("p", { class: "soft" }, t("没有可核查的诉求，或尚未核查（mingcha assess）。", "No checkable grievance, or not assessed yet (mingcha assess).")),
      strip(view.strip),
      merit && h("p", { class: "good" }, t("已决：", "decided: "), named(MERIT, merit.verdict), ` — ${merit.by}`, h("br"), merit.reason)),
    !merit && may("decide_merit") && h("div", { class: "card" }, h("h2", {}, t("决定诉求", "Decide merit")), form(t("决定并封存", "Decide and seal"), [
      field(t("决定", "Decision"), h("select", { name: "verdict" }, options(MERIT))),
      h("fieldset", {}, h("span", { class: "soft" }, t("成立的诉求：", "grievances upheld: ")), state.catalogue.grievances.map((one) => h("label", {}, h("input", { type: "checkbox", name: "grievance", value: one.code }), words(one)))),
      field(t("理由", "Reason"), h("textarea", { name: "reason", required: true })),
    ], async (data) => { await call(`${path}/merit`, "POST", { verdict: data.get("verdict"), grievances: data.getAll("grievance"), reason: reason(data) }); route(); })),
    !view.row.welfare && may("stop_contact") && care(path, view),
    may("draft_answer") && answer(path, view.row, merit),
    !merit && may("draft_answer") && lacking(path, view.row),
    !view.row.merit_decided ? h("p", { class: "card soft" }, t("诉求决定并封存之后，才打开代理识别与团伙识别。", "Agency and organisation open once merit is decided and sealed.")) : opened && (opened.error ? h("p", { class: "card soft" }, opened.error.message) : revealed(opened)),
    conclusion && h("p", { class: "card good" }, t("结论：", "conclusion: "), named(CONCLUSIONS, conclusion.verdict), ` — ${conclusion.by}`),
    waiting && h("div", { class: "card" }, h("h2", {}, t("等待第二人确认", "Awaiting a second person")), h("p", {}, named(CONCLUSIONS, waiting.verdict), ` — ${waiting.by}`), may("decide_conclusion") && form(t("确认", "Confirm"), [field(t("理由", "Reason"), h("textarea", { name: "reason", required: true }))], async (data) => { await call(`${path}/confirm`, "POST", { decision: waiting.id, reason: reason(data) }); route(); })),
    opened && !opened.error && !conclusion && !waiting && may("decide_conclusion") && h("div", { class: "card" }, h("h2", {}, t("作出结论", "Conclude")), form(t("决定并封存", "Decide and seal"), [
      field(t("结论", "Conclusion"), h("select", { name: "conclusion" }, options(CONCLUSIONS))),
      field(t("所依条款（带指责的结论必填）", "Clause (needed where it accuses)"), h("input", { name: "clause", maxlength: 200 })),
      field(t("理由", "Reason"), h("textarea", { name: "reason", required: true })),
    ], async (data) => { await call(`${path}/conclusion`, "POST", { conclusion: data.get("conclusion"), clause: data.get("clause") || null, reason: reason(data) }); route(); })));
}

function revealed(opened) {
  const made = opened.suggestion;
  const label = state.catalogue.labels.find((one) => one.code === made.label);
  const rows = [...opened.findings].sort((a, b) => (a.side === b.side ? b.weight - a.weight : a.side === "for" ? -1 : 1)).map((one) => h("tr", {},
    h("td", { class: `tight ${one.side === "for" ? "" : "good"}` }, one.side === "for" ? t("指向", "for") : t("反证", "against")), h("td", { class: "n" }, one.side === "for" ? one.weight : -one.weight),
    h("td", {}, words(one.why), h("div", { class: "soft small" }, detector(one.detector), " · ", h("code", {}, one.clause), " · ", one.cites.slice(0, 3).map((cite) => h("code", {}, `${cite.kind}:${cite.record} `))))));
  return h("div", { class: "card" }, h("h2", {}, t("二、代理识别与团伙识别：建议（由人决定）", "2. Agency and organisation: a suggestion (people decide)")),
    h("p", {}, h("b", {}, words(label)), h("br"), words(made.why)), h("p", { class: "soft" }, t("为何不是：", "why not: "), words(made.why_not)),
    rows.length ? table([t("方向", "side"), t("分", "points"), t("理由与来源", "why and source")], rows) : h("p", { class: "soft" }, t("没有发现。", "Nothing was found.")),
    h("p", { class: "soft small" }, t(`代理识别 ${made.agency_points || 0} 分，团伙识别 ${made.organisation_points || 0} 分，从不相加；同一族内只计最强的一项；决定建议的是铁律三的条件，不是总分。`, `Agency ${made.agency_points || 0}, organisation ${made.organisation_points || 0}, never added; the strongest of a family counts; law 3's conditions decide, not the sum.`)),
    opened.campaign && h("p", {}, t(`所在家族（${opened.campaign.texts} 件）：`, `its family (${opened.campaign.texts} complaints): `), h("a", { href: `#/family/${opened.campaign.id}` }, t("先看是不是我们的问题", "is this our fault?"))),
    (opened.unchecked || []).length > 0 && h("p", { class: "soft small" }, t("因缺记录未查：", "unchecked for want of records: "), opened.unchecked.map((one) => detector(one.detector)).join("、")));
}
