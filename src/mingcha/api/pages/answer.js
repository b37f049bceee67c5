// The answer to a complaint: drafted from merit alone. A person changes, signs and sends the letter, then records it here.
import { call, form, h, route, state, t, words } from "./desk.js";

const OVER = ["answered", "withdrawn"];

export function answer(path, row, merit) {
  if (OVER.includes(row.state)) return null;
  const card = h("div", { class: "card" }, h("h2", {}, t("答复", "Answer")),
    h("p", { class: "soft" }, t("只依据诉求核查逐项起草；由人修改、签发并发出。", "Drafted claim by claim from merit alone; a person changes, signs and sends it.")),
    h("button", { class: "plain", onclick: async () => card.replaceWith(drafted(path, merit, await call(`${path}/answer`))) }, t("起草答复", "Draft the answer")));
  return card;
}

function drafted(path, merit, draft) {
  const open = [...draft.gaps.map((gap) => [t("待填：", "to fill in: "), words(gap)]), ...draft.undecided.map((title) => [t("待裁定：", "to be decided: "), words(title)])];
  return h("div", { class: "card" }, h("h2", {}, t("答复草稿", "Draft of the answer")),
    open.length > 0 && h("ul", {}, open.map((one) => h("li", { class: "warn" }, one))),
    !merit && h("p", { class: "soft" }, t("诉求决定并封存之后，才能登记答复。", "An answer can be recorded once merit is decided and sealed.")),
    form(t("登记已发出的答复", "Record the answer given"), [
      h("label", {}, t("信函", "Letter"), h("textarea", { name: "letter", required: true, rows: 28 }, draft.letter[state.lang])),
    ], async (data) => { await call(`${path}/answer`, "POST", { letter: data.get("letter") }); route(); }));
}
