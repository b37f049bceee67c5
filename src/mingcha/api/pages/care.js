// Care: a crisis script where somebody may be in danger, and a button that stops collection contacts for good.
import { form, call, h, route, t } from "./desk.js";

export function care(path, view) {
  const stopped = view.stopped;
  const crisis = view.row.welfare && h("div", { class: "crisis" }, h("b", {}, t("关怀通道：两小时内联系", "Welfare lane: reach out within two hours")),
    h("ul", {}, h("li", {}, t("先听，不争辩，不提还款；问此刻是否安全、身边有没有人。", "Listen first, do not argue, do not speak of repayment; ask whether they are safe now and whether anyone is with them.")),
      h("li", {}, t("有即时危险：报110；心理援助热线12356；通知主管。", "In immediate danger: call 110; psychological help line 12356; tell the supervisor.")),
      h("li", {}, t("登记停止联系，转由专人联系。", "Stop collection contacts; one named person stays in touch."))));
  const standing = stopped && h("p", { class: "good" }, t("已停止催收联系：", "collection contacts are stopped: "), `${stopped.since.slice(0, 10)} — ${stopped.by}`);
  const what = stopped ? t("本人要求恢复联系", "The consumer asks to be contacted again") : t("停止催收联系", "Stop collection contacts");
  return h("div", { class: "card" }, h("h2", {}, t("关怀", "Care")), crisis, standing,
    form(what, [h("label", {}, t("理由", "Reason"), h("textarea", { name: "reason", required: true }))],
      async (data) => { await call(`${path}/stop-contact`, "POST", { reason: data.get("reason"), lift: Boolean(stopped) }); route(); }));
}
