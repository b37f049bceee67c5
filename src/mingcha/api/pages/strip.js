// Calls and messages by day and minute: a column a day, midnight at the top; nights shaded, days above the limit tinted.
import { h, t } from "./desk.js";

const SVG = "http://www.w3.org/2000/svg"; // a name, never fetched
const DAY = 18, TOP = 16, HEIGHT = 144, LEFT = 34, SHOWN = 45;

function svg(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

const y = (minute) => TOP + (minute / 1440) * HEIGHT;
const clock = (minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
const over = (day) => day.limit !== null && day.effective > day.limit;

function column(day, at) {
  const x = LEFT + at * DAY;
  const parts = over(day) ? [svg("rect", { class: "over", x, y: TOP, width: DAY, height: HEIGHT })] : [];
  for (const mark of day.marks) {
    const who = mark.source === "consumer" ? t("投诉人记录", "their record") : t("我方记录", "our record");
    const whom = { customer: t("打给债务人", "to the debtor"), contact: t("打给联系人", "to a contact"), unknown: t("接听人不明", "callee unknown") }[mark.callee];
    const said = [day.day, clock(mark.minute), who, whom, mark.connected === false && t("未接通", "not answered"), mark.night && t("夜间", "at night")].filter(Boolean).join(" · ");
    parts.push(svg("circle", { class: `mark ${mark.source} ${mark.callee}${mark.night ? " night" : ""}`, cx: x + DAY / 2, cy: y(mark.minute), r: mark.connected === false ? 2.5 : 4 }, svg("title", {}, said)));
  }
  parts.push(svg("text", { class: over(day) ? "bad" : "", x: x + DAY / 2, y: TOP + HEIGHT + 12, "text-anchor": "middle" }, String(day.effective)));
  if (at % 3 === 0) parts.push(svg("text", { x: x + 1, y: TOP + HEIGHT + 26 }, day.day.slice(5)));
  return parts;
}

export function strip(told) {
  if (!told.days.length) return null;
  const days = told.days.slice(-SHOWN);
  const width = LEFT + days.length * DAY + 30;
  const bands = told.from_hour === null ? [] : [[told.from_hour, 24], [0, told.to_hour]];
  const shade = bands.map(([from, to]) => svg("rect", { class: "band", x: LEFT, y: y(from * 60), width: days.length * DAY, height: y(to * 60) - y(from * 60) }));
  const hours = [0, 8, 12, 18, 22].map((hour) => svg("text", { x: 0, y: y(hour * 60) + 4 }, clock(hour * 60)));
  const nights = days.reduce((sum, day) => sum + day.marks.filter((mark) => mark.night).length, 0);
  const overs = days.filter(over).length;
  const said = t(`${days.length} 天有联系，夜间 ${nights} 次，超过每日次数 ${overs} 天`, `contacts on ${days.length} days, ${nights} at night, ${overs} days above the daily limit`);
  const older = told.days.length - days.length;
  const left = older || told.earlier ? t(`；更早还有 ${older} 天，另 ${told.earlier} 次未列`, `; ${older} earlier days and ${told.earlier} contacts not shown`) : "";
  return h("div", {}, h("h3", {}, t("联系时间", "When contacted")), h("p", { class: "soft small" }, said, left),
    h("div", { class: "wide" }, svg("svg", { class: "strip", width, height: TOP + HEIGHT + 32, viewBox: `0 0 ${width} ${TOP + HEIGHT + 32}`, role: "img", "aria-label": said }, ...shade, ...days.flatMap(column), ...hours)),
    h("p", { class: "soft small" }, t("实心为我方记录，空心为投诉人记录；红色为夜间，橙色为打给联系人；底色加深的日子超过每日次数；阴影为不得催收时段；下方数字为当日有效通话。", "Filled: our records; hollow: theirs; red: at night; orange: to a contact; tinted days exceed the limit; shaded are the hours of no collection; the figure below is the day's effective calls.")));
}
