// The answer to a complaint: drafted from merit alone. A person changes, signs and sends the letter, then records it here.
import { call, fetched, form, h, may, route, state, t, words } from "./desk.js";

const OVER = ["answered", "withdrawn", "not_handled"];

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
    ], async (data) => { await call(`${path}/answer`, "POST", { letter: data.get("letter") }); route(); }),
    h("p", {}, ["docx", "pdf"].map((kind) => h("button", { class: "plain", onclick: (event) => printed(path, kind, event.target) }, t(`下载 ${kind.toUpperCase()}`, `Get ${kind.toUpperCase()}`)))));
}

// The letter as it stands in the form, laid out as a file.
async function printed(path, kind, button) {
  const card = button.closest(".card");
  const said = card.querySelector(".say");
  try {
    const file = URL.createObjectURL(await fetched(`${path}/letter`, { letter: card.querySelector("textarea").value, form: kind }));
    h("a", { href: file, download: `${path.split("/").pop()}.${kind}` }).click();
    URL.revokeObjectURL(file);
    said.textContent = "";
  } catch (error) {
    said.className = "say bad";
    said.textContent = error.message;
  }
}

// Two letters that are no answer: papers asked for, and whoever filed told that the complaint is not handled.
export function lacking(path, row) {
  if (OVER.includes(row.state)) return null;
  const card = h("div", { class: "card" }, h("h2", {}, t("材料与授权", "Papers and authority")),
    h("button", { class: "plain", onclick: async () => card.replaceWith(known(path, await call(`${path}/lacks`))) }, t("查看可以请其补充什么", "See what may be asked for")));
  return card;
}

const recorded = () => h("fieldset", {}, h("label", {}, h("input", { type: "checkbox", name: "record" }), t("登记并封存（不勾选只看信函）", "Record and seal it (unticked: see the letter)")));

function known(path, lacks) {
  const may_ask = lacks.materials.filter((one) => !one.why_not);
  const closed = lacks.materials.filter((one) => one.why_not);
  const letter = (made) => h("p", { class: "text" }, made.letter[state.lang]);
  return h("div", { class: "card" }, h("h2", {}, t("材料与授权", "Papers and authority")),
    closed.length > 0 && h("ul", { class: "soft small" }, closed.map((one) => h("li", {}, words(one.title), " — ", words(one.why_not)))),
    may("ask_papers") && form(t("请其补充", "Ask for these"), [
      h("fieldset", {}, may_ask.map((one) => h("label", {}, h("input", { type: "checkbox", name: "material", value: one.material }), words(one.title)))),
      h("label", {}, t("等候至", "Wait until"), h("input", { name: "until", type: "date", required: true, min: lacks.until, value: lacks.until })),
      recorded(),
    ], async (data) => {
      const made = await call(`${path}/ask`, "POST", { materials: data.getAll("material"), until: data.get("until"), record: data.has("record") });
      if (made.clock) route(); else return letter(made);
    }),
    lacks.must_handle.length > 0 && h("p", {}, t("须照常办理：", "It has to be handled:")),
    lacks.must_handle.length > 0 && h("ul", {}, lacks.must_handle.map((why) => h("li", {}, words(why)))),
    lacks.must_handle.length === 0 && may("decline") && form(t("不予办理", "Leave it unhandled"), [
      h("p", { class: "soft" }, t("这不是对诉求的判断；通知发给提交人。请另行联系消费者本人，其可能并不知情。", "No judgement on merit; the notice goes to whoever filed. Speak to the consumer too, who may not know of it.")),
      recorded(),
    ], async (data) => {
      const made = await call(`${path}/decline`, "POST", { record: data.has("record") });
      if (made.clock) route(); else return letter(made);
    }));
}
