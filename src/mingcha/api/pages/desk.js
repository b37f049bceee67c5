// The desk's pages: who is here, which view, which language. Views are in views.js; text only ever enters as text.
import { family } from "./family.js";
import { account, complaint, landing, queue, setup } from "./views.js";

const stored = localStorage.getItem("mingcha-lang");
export const state = {
  lang: stored || (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en"),
  me: null,
  catalogue: null,
};

export const t = (zh, en) => (state.lang === "zh" ? zh : en);
export const words = (both) => (both ? t(both.zh, both.en) : "");

export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat(9).filter((one) => one != null && one !== false).map((one) => (one.nodeType ? one : String(one))));
  return node;
}

const ask = (path, method, body) => fetch(path, {
  method,
  headers: { "x-mingcha": "1", ...(body ? { "content-type": "application/json" } : {}) },
  body: body && JSON.stringify(body),
});

export async function call(path, method = "GET", body) {
  const answer = await ask(path, method, body);
  if (answer.status === 204) return null;
  if (answer.ok) return answer.json();
  throw await refusal(answer);
}

// A file that is made of what is sent.
export async function fetched(path, body) {
  const answer = await ask(path, "POST", body);
  if (answer.ok) return answer.blob();
  throw await refusal(answer);
}

async function refusal(answer) {
  const data = await answer.json();
  const said = data.zh ? t(data.zh, data.en) : answer.status === 401 ? t("请先登录。", "Sign in first.") : String(data.detail || answer.status);
  return Object.assign(new Error(said), { status: answer.status });
}

// A form that says what went wrong next to its button.
export function form(label, fields, act) {
  const said = h("p", { class: "say", role: "status" });
  const button = h("button", {}, label);
  return h("form", {
    onsubmit: async (event) => {
      event.preventDefault();
      button.disabled = true;
      said.className = "say";
      said.textContent = "";
      try {
        const done = await act(new FormData(event.target));
        if (done) said.replaceChildren(...[done].flat());
      } catch (error) {
        said.className = "say bad";
        said.textContent = error.message;
      }
      button.disabled = false;
    },
  }, ...fields, button, said);
}

export function show(...parts) {
  document.getElementById("main").replaceChildren(...parts.flat(9).filter(Boolean));
}

export const may = (verb) => Boolean(state.me) && state.me.verbs.includes(verb);

function frame() {
  document.documentElement.lang = state.lang === "zh" ? "zh-CN" : "en";
  const nav = [];
  if (state.me) {
    if (may("see_queue")) nav.push(h("a", { href: "#/queue" }, t("待办", "Queue")));
    if (may("manage_accounts")) nav.push(h("a", { href: "#/accounts" }, t("账号", "Accounts")));
    if (may("report")) nav.push(h("a", { href: `/report?lang=${state.lang}`, target: "_blank" }, t("报告", "Report")));
    nav.push(h("span", { class: "soft" }, state.me.name));
    nav.push(h("button", { class: "plain", onclick: leave }, t("退出", "Sign out")));
  }
  nav.push(h("a", { href: "/docs" }, "API"));
  nav.push(h("button", { class: "plain", onclick: turn }, state.lang === "zh" ? "English" : "中文"));
  document.getElementById("nav").replaceChildren(...nav);
  const banner = document.getElementById("simulated");
  banner.hidden = !(state.me && state.me.simulated);
  banner.textContent = t("本工作区的数据全部为模拟生成，不涉及任何真实的人或机构。", "All data in this workspace are simulated; no real person or institution appears.");
}

function turn() {
  state.lang = state.lang === "zh" ? "en" : "zh";
  localStorage.setItem("mingcha-lang", state.lang);
  route();
}

async function leave() {
  await call("/api/session", "DELETE").catch(() => null);
  state.me = null;
  location.hash = "";
  route();
}

export async function arrive() {
  state.me = await call("/api/session").catch(() => null);
  if (state.me) state.catalogue = await call("/api/catalogue");
}

export async function route() {
  frame();
  try {
    const [, view, id] = location.hash.split("/");
    if (location.pathname === "/setup" && location.hash && !view) return setup(location.hash.slice(1));
    if (!state.me) return landing();
    if (view === "complaint" && id) return await complaint(decodeURIComponent(id));
    if (view === "family" && id) return await family(decodeURIComponent(id));
    if (view === "accounts" || !may("see_queue")) return await account();
    return await queue();
  } catch (error) {
    if (error.status === 401) {
      state.me = null;
      frame();
      return landing();
    }
    show(h("p", { class: "card bad" }, error.message));
  }
}

addEventListener("hashchange", route);
await arrive();
await route();
