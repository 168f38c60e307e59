// The page's start: who is looking, what they may see, and the live line that keeps it current.
import "./theme.js";
import { Api, UNREACHABLE } from "./api.js";
import { h, replace } from "./dom.js";
import { Forms } from "./dialog.js";
import { listenToKeys } from "./keys.js";
import { Live } from "./live.js";
import { clearNotices, notify } from "./notices.js";
import { openProfile } from "./people.js";
import { readRoute } from "./route.js";
import { Shell } from "./shell.js";
import { store } from "./store.js";
import { applyLive } from "./updates.js";
import { welcome } from "./welcome.js";

const root = document.getElementById("app");
const RETRY = 1500;
let live = null;
let forms = null;
let shell = null;
let opening = 0;

async function open(person) {
  const mine = ++opening;
  live?.end();
  forms?.end();
  live = forms = shell = null;
  if (person !== store.me?.id && person !== store.me?.handle) clearNotices();
  const api = new Api(person);
  const boot = await bootOf(api, mine);
  if (!boot || mine !== opening) return;
  store.forget();
  store.api = api;
  store.load(boot);
  document.title = boot.workspace.name;
  if (!boot.me) {
    replace(root, welcome());
    return;
  }
  api.as = boot.me.id;
  store.on("reload", () => open(store.me.id));
  store.on("notice", ({ text, level }) => notify(text, level ?? "error"));
  shell = new Shell(root, (wanted) => live?.wantLog(wanted));
  forms = new Forms();
  live = new Live({
    as: boot.me.id,
    after: boot.seq,
    onEvent: applyLive,
    onState: (online) => {
      store.online = online;
      store.emit("online", online);
    },
  });
  shell.follow(readRoute());
}

/** The boot answer; while the sandbox is away the page says so and tries again. An unknown person may choose anew. */
async function bootOf(api, mine) {
  while (mine === opening) {
    try {
      return await api.get("/sandbox/boot");
    } catch (error) {
      if (error.code !== UNREACHABLE && api.as) {
        notify(error.message);
        api.as = null;
        continue;
      }
      replace(root, h("p", { class: "page-note", role: "alert" }, "The sandbox is not answering; retrying…"));
      await new Promise((resolve) => {
        setTimeout(resolve, RETRY);
      });
    }
  }
  return null;
}

window.addEventListener("hashchange", () => {
  const route = readRoute();
  const same = store.me && [store.me.id, store.me.handle].includes(route.person);
  if (shell && same) shell.follow(route);
  else open(route.person);
});

// A pressed name anywhere opens who that is.
document.addEventListener("click", (event) => {
  const name = event.target.closest?.("[data-person]");
  if (name && !name.closest("[contenteditable]")) openProfile(name, name.dataset.person);
});

listenToKeys();
open(readRoute().person);
