// One family: is this our fault, what may innocently explain it, signs of organisation last. Values come from the server as they are.
import { call, h, show, state, t, words } from "./desk.js";

const FAULT = { likely: "bad", some: "warn", not_shown: "", unknown: "soft" };
const TELLS = { more_common: ["多于家族外", "more than outside"], as_outside: ["与家族外无别", "as outside"], not_shared: ["没有共同的", "none shared"], no_base: ["家族外无可比", "no comparison"], no_data: ["没有记录", "no records"] };
const LOOKED = { found: ["✓", "good", "", ""], nothing: ["–", "", "查过，没有：", "looked, not found: "], unchecked: ["?", "soft", "没有数据：", "no data: "] };
const CHECKED = { confirmed: ["成立", "confirmed"], not_confirmed: ["未证实", "not confirmed"], open: ["未核", "not yet"] };
const DECIDED = { upheld: ["成立", "upheld"], partly: ["部分成立", "partly upheld"], not_upheld: ["不成立", "not upheld"] };
const WEEKDAYS = [["一", "Mon"], ["二", "Tue"], ["三", "Wed"], ["四", "Thu"], ["五", "Fri"], ["六", "Sat"], ["日", "Sun"]];
const SHOWN = 3;
const SVG = "http://www.w3.org/2000/svg"; // a name, never fetched

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
const percent = (millionths) => `${Math.round(millionths / 1e4)}%`;
const of = (share) => (share.share == null ? "—" : `${share.hits}/${share.of} · ${percent(share.share)}`);
const interval = (share) => `${percent(share.share)} (${Math.floor(share.low / 1e4)}–${Math.ceil(share.high / 1e4)}%)`;
const day = (at) => (at ? new Date(at).toLocaleDateString("sv", { timeZone: "Asia/Shanghai" }) : "—");
const rows = (heads, body) => h("div", { class: "wide" }, h("table", {}, heads.length > 0 && h("tr", {}, heads.map((one) => h("th", {}, one))), body));
const row = (name, ...cells) => h("tr", {}, h("th", { class: "side" }, name), h("td", {}, ...cells));

function svg(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// Confirmed, not confirmed and not yet looked at, as one bar.
function stack(tally) {
  const parts = [["bad", tally.confirmed.hits], ["mute", tally.not_confirmed], ["rest", tally.open]];
  const all = sum(parts.map((one) => one[1])) || 1;
  let at = 0;
  const bars = parts.map(([tone, count]) => {
    const bar = svg("rect", { class: `fill-${tone}`, x: at, y: 0, width: (100 * count) / all, height: 10 });
    at += (100 * count) / all;
    return bar;
  });
  return svg("svg", { class: "stack", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" }, ...bars);
}

const key = (tone, label) => h("span", {}, h("span", { class: `key back-${tone}` }), label);

function tally(name, one) {
  const { confirmed } = one;
  const told = confirmed.of
    ? t(`${confirmed.of} 件有结果，成立 ${confirmed.hits} 件，${interval(confirmed)}；${one.open} 件未核`, `${confirmed.hits} of ${confirmed.of} confirmed, ${interval(confirmed)}; ${one.open} not yet`)
    : t(`都还没有结果（${one.open} 件）`, `no result yet (${one.open})`);
  return h("tr", {}, h("th", { class: "side" }, name), h("td", {}, stack(one), h("div", { class: "small" }, told)));
}

function ours(part) {
  const kinds = state.catalogue.grievances;
  const found = part.grievances.map((one) => `${words(kinds.find((kind) => kind.code === one.grievance))} ${of(one.confirmed)}`);
  return h("div", { class: "card" }, h("h2", {}, t("一、是我们的问题吗？", "1. Is this our fault?")),
    h("p", { class: `lead ${FAULT[part.fault]}` }, words(part.says)),
    rows([], [tally(t("由人裁定", "people decided"), part.decided), tally(t("系统核查", "checks found"), part.checks)]),
    h("p", { class: "legend small soft" }, key("bad", t("成立", "confirmed")), key("mute", t("未证实", "not confirmed")), key("rest", t("未核", "not yet")), t("括号内为 95% 区间", "95 % interval in brackets")),
    found.length > 0 && h("p", { class: "small" }, t("其中核查成立：", "confirmed by checks: "), found.join(t("，", ", "))),
    h("h3", {}, t("它们有什么共同之处？", "What do they have in common?")),
    rows(["", t("家族内", "here"), t("家族外", "outside"), ""], part.common.map((one) => h("tr", {},
      h("th", { class: "side" }, words(one.label), one.value && h("div", { class: "value" }, one.value)), h("td", {}, of(one.here)), h("td", { class: "soft" }, of(one.outside)),
      h("td", {}, one.tells === "more_common" ? h("b", {}, t(...TELLS[one.tells])) : h("span", { class: "soft" }, t(...TELLS[one.tells])))))));
}

function innocent(part, members) {
  return h("div", { class: "card" }, h("h2", {}, t("二、可能的正当解释", "2. Innocent explanations")),
    rows([], part.explanations.map((one) => {
      const [mark, tone, zh, en] = LOOKED[one.looked];
      const cites = one.cites.slice(0, SHOWN).map((cite) => h("code", {}, `${cite.kind}:${cite.record} `));
      return h("tr", { class: "stacked" }, h("th", { class: "side" }, h("span", { class: `mark ${tone}`, "aria-hidden": "true" }, mark), words(one.label)),
        h("td", { class: one.looked === "unchecked" ? "soft" : "" }, t(zh, en), words(one.why), one.looked === "found" && t(`（${one.members} 件）`, ` (${one.members})`),
          cites.length > 0 && h("div", { class: "soft small" }, cites, one.cites.length > SHOWN && t(" 等", " …"))));
    })),
    h("p", { class: part.explained ? "" : "soft" }, t(`至少一种解释涉及 ${part.explained} / ${members} 件。`, `At least one reaches ${part.explained} of ${members}.`)));
}

// Bars of equal width in a box 480 wide, labels below where there are any. `groups` are [label, [[tone, share of the top, title] ...]].
function bars(groups, said) {
  const height = groups.some(([label]) => label) ? 110 : 86;
  const width = 480 / groups.length;
  const drawn = groups.flatMap(([label, series], at) => {
    const one = (width * 0.8) / series.length;
    const marks = series.map(([tone, share, title], n) =>
      svg("rect", { class: `fill-${tone}`, x: at * width + width * 0.1 + n * one, y: 84 - 84 * share, width: Math.max(one - 0.5, 0.8), height: Math.max(84 * share, share ? 1.5 : 0) }, svg("title", {}, title)));
    const text = svg("text", { x: at * width + width / 2, y: 104, "text-anchor": "middle" }, label);
    return label ? [...marks, text] : marks;
  });
  return svg("svg", { class: "chart", viewBox: `0 0 480 ${height}`, role: "img", "aria-label": said }, svg("line", { x1: 0, x2: 480, y1: 84.5, y2: 84.5 }), ...drawn);
}

function timeline(line) {
  if (!line.start) return h("p", { class: "soft" }, t("没有一件记下了时间。", "None states its time."));
  const top = Math.max(...line.counts);
  const start = (n) => new Date(Date.parse(line.start) + n * line.days * 864e5).toISOString().slice(0, 10);
  const said = t(`每格 ${line.days} 天，最高 ${top} 次`, `${line.days} d a bar, the highest ${top}`);
  return [bars(line.counts.map((count, n) => ["", [["accent", count / top, `${start(n)}: ${count}`]]]), said),
    h("p", { class: "ends small soft" }, h("span", {}, line.start), h("span", {}, said, line.undated > 0 && t(`；${line.undated} 次无时间`, `; ${line.undated} without a time`)), h("span", {}, start(line.counts.length - 1)))];
}

function beside(names, labels, here, outside, said) {
  const shares = [here, outside].map((counts) => counts.map((count) => count / (sum(counts) || 1)));
  const top = Math.max(...shares.flat()) || 1;
  return bars(labels.map((label, n) => [label, [["accent", shares[0][n] / top, `${names[n]}: ${here[n]}`], ["mute", shares[1][n] / top, `${names[n]}: ${outside[n]}`]]]), said);
}

function hours(part) {
  const clock = [...Array(24).keys()];
  const week = WEEKDAYS.map((one) => t(...one));
  const byHour = (grid) => clock.map((n) => sum(grid.map((one) => one[n])));
  const byDay = (grid) => grid.map(sum);
  const test = part.p == null ? "" : t(`（置换检验 ${part.draws} 次，p = ${(part.p / 1e6).toFixed(4)}）`, ` (permutation test, ${part.draws} draws, p = ${(part.p / 1e6).toFixed(4)})`);
  return [h("h3", {}, t("星期与时段（中国时间）", "Weekday and hour (China time)")), h("p", { class: part.rhythm === "different" ? "" : "soft" }, words(part.why), test),
    sum(byDay(part.here)) > 0 && [
      h("p", { class: "legend small soft" }, key("accent", t("家族内", "here")), key("mute", t("家族外", "outside")), t("各占本方的份额", "each as a share of its own side")),
      h("div", { class: "two" }, beside(clock, clock.map((n) => (n % 6 ? "" : String(n))), byHour(part.here), byHour(part.outside), t("各小时", "by hour")),
        beside(week, week, byDay(part.here), byDay(part.outside), t("各星期", "by weekday")))]];
}

function spread(one) {
  const shown = one.values.map((value) => `${value.value} ${value.acts}`).join(t("，", ", ")) || "—";
  return [shown, one.more > 0 && t(`，另有 ${one.more} 种`, `, and ${one.more} more`), one.unknown > 0 && h("span", { class: "soft" }, t(`；${one.unknown} 次未记`, `; ${one.unknown} without`))];
}

function pauses(part) {
  if (!part.longest) return t("不到两天，无从说起", "fewer than two days: nothing to tell");
  if (!part.of) return t(`没有；最长间隔 ${part.longest.days} 天`, `none; the longest gap: ${part.longest.days} d`);
  const shown = part.shown.slice(0, SHOWN).map((one) => `${one.last} → ${one.next}`).join(t("，", ", "));
  return t(`${part.of} 次，停顿 ${part.at_least} 天以上：${shown}`, `${part.of} after ${part.at_least} days or more: ${shown}`) + (part.of > SHOWN ? t(" 等", " …") : "");
}

function signals(part) {
  const { unrelated } = part;
  return h("div", { class: "card" }, h("h2", {}, t("三、组织迹象", "3. Signs of organisation")),
    h("p", { class: "soft" }, t("说的是整个家族，不是其中任何一件投诉或任何一个人。这里没有分数，也不作结论。", "Of the family, never of one complaint or person in it. No score here, and no verdict.")),
    rows([], [
      row(t("互不相关的客户", "unrelated customers"), String(unrelated.count), h("span", { class: "soft" }, t(`（另有 ${unrelated.related} 名与他们相关，${unrelated.unknown} 件无从得知，不计）`, ` (${unrelated.related} more are related to them, ${unrelated.unknown} unknown and not counted)`))),
      row(t("文本最低相似度", "least likeness inside"), percent(part.similarity_min)),
      row(t("机构", "lenders"), spread(part.lenders)), row(t("渠道", "channels"), spread(part.channels)), row(t("地区", "regions"), spread(part.regions)),
      row(t("时间分布", "spread in time"), part.first_at ? t(`${day(part.first_at)} 至 ${day(part.last_at)}，${part.active_days} 天有投诉，最多一天 ${part.densest_day_acts} 次`, `${day(part.first_at)} to ${day(part.last_at)}, on ${part.active_days} days, at most ${part.densest_day_acts} acts a day`) : "—"),
      row(t("停顿后重现", "reuse after a pause"), pauses(part.pauses)),
    ]),
    h("h3", {}, t("时间线", "Timeline")), timeline(part.timeline), hours(part.hours));
}

function members(page) {
  return h("div", { class: "card" }, h("h2", {}, t("所列投诉", "Complaints listed"), " ", h("small", { class: "soft" }, `${page.cited.length} / ${page.members}`)),
    rows([t("编号", "id"), t("收到", "received"), t("渠道", "channel"), t("产品", "product"), t("裁定", "decided"), t("核查", "checks")], page.cited.map((one) => h("tr", {},
      h("td", { class: "tight" }, h("a", { href: `#/complaint/${one.complaint}` }, h("code", {}, one.complaint))), h("td", { class: "tight" }, day(one.received_at)), h("td", {}, one.channel || ""), h("td", {}, one.product || ""),
      h("td", { class: "tight" }, one.decided ? t(...DECIDED[one.decided]) : ""), h("td", { class: "tight" }, t(...CHECKED[one.checks]))))));
}

export async function family(id) {
  const head = h("h1", {}, t("家族", "Family"), " ", h("code", {}, id));
  const page = await call(`/api/families/${encodeURIComponent(id)}`).catch((error) => {
    if (error.status !== 403 && error.status !== 404) throw error;
    show(head, h("p", { class: "card soft" }, error.message, error.status === 404 && t("家族由核查得出：", " Families come of assessing: "), error.status === 404 && h("code", {}, "mingcha assess")));
  });
  if (!page) return;
  show(head,
    h("p", {}, t(`${page.members} 件投诉，${page.acts} 次行为`, `${page.members} complaints, ${page.acts} acts`), page.unread > 0 && t(`；${page.unread} 件尚未核查，未计入`, `; ${page.unread} not assessed yet and left out`), h("br"),
      h("span", { class: "soft small" }, t(`对照：家族外 ${page.compared_of} 件中的 ${page.compared} 件，按编号抽取`, `compared with ${page.compared} of ${page.compared_of} complaints outside, drawn by keyed id`))),
    ours(page.ours), innocent(page.innocent, page.members - page.unread), signals(page.signals), members(page));
}
