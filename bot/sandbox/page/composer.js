// Where messages and commands are written. Completes commands, people, channels and emoji; Enter sends.
import { Completion } from "./completion.js";
import { commandsOf } from "./commands.js";
import { h, replace } from "./dom.js";
import { openEmojiPicker } from "./emoji_picker.js";
import { fileSize } from "./files.js";
import { gesture, send } from "./gestures.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { notify } from "./notices.js";
import { store } from "./store.js";

// What was begun in a conversation is still there when one comes back to it.
const drafts = new Map();
const MOST_HEIGHT = 240;

export class Composer {
  constructor({ channel, thread = null, label }) {
    Object.assign(this, { channel, thread, files: [], busy: false });
    this.key = `${store.me.id}/${channel}/${thread ?? ""}`;
    this.text = h("textarea", {
      class: "composer-text",
      rows: 1,
      "aria-label": label,
      placeholder: label,
      value: drafts.get(this.key) ?? "",
      autocomplete: "off",
      spellcheck: "true",
    });
    this.hint = h("div", { class: "composer-hint", "aria-live": "polite" });
    this.attached = h("ul", { class: "file-list composer-files" });
    this.sendButton = h(
      "button",
      {
        type: "button",
        class: "icon-button send-button",
        "aria-label": "Send",
        title: "Send (Enter)",
        onclick: () => this.submit(),
      },
      icon("send"),
    );
    this.broadcast = thread ? h("input", { type: "checkbox", id: `broadcast-${thread}` }) : null;
    this.element = h(
      "div",
      { class: "composer-area" },
      h("div", { class: "composer" }, this.text, this.attached, this.toolbar()),
      this.footLine(),
    );
    this.completion = new Completion(this.text, this.element.firstChild);
    this.listen();
    this.stop = store.on("apps", () => this.drawHint());
    this.changed();
  }

  footLine() {
    const broadcast = this.broadcast
      ? h(
          "span",
          { class: "broadcast" },
          this.broadcast,
          h("label", { for: this.broadcast.id }, "Also send to the channel"),
        )
      : null;
    return h("div", { class: "composer-foot" }, broadcast, this.hint);
  }

  toolbar() {
    this.picker = h("input", {
      type: "file",
      multiple: true,
      class: "for-readers",
      tabindex: "-1",
      "aria-label": "Attach files",
    });
    this.picker.addEventListener("change", () => {
      const files = [...this.picker.files];
      this.picker.value = "";
      this.attach(files);
    });
    const tool = (label, sign, run) =>
      h(
        "button",
        {
          type: "button",
          class: "icon-button",
          "aria-label": label,
          title: label,
          onclick: (event) => run(event.currentTarget),
        },
        icon(sign),
      );
    return h(
      "div",
      { class: "composer-tools" },
      this.picker,
      tool("Attach a file", "clip", () => this.picker.click()),
      tool("Emoji", "smile", (anchor) => openEmojiPicker(anchor, (name) => this.insert(`:${name}: `))),
      tool("Mention somebody", "at", () => this.insert("@")),
      tool("Shortcuts and commands", "bolt", (anchor) => this.shortcuts(anchor)),
      h("span", { class: "grow" }),
      this.sendButton,
    );
  }

  listen() {
    this.text.addEventListener("input", () => this.changed());
    this.text.addEventListener("keydown", (event) => this.keyDown(event));
    this.text.addEventListener(
      "paste",
      (event) => event.clipboardData.files.length && this.attach([...event.clipboardData.files]),
    );
    this.element.addEventListener("dragover", (event) => event.preventDefault());
    this.element.addEventListener("drop", (event) => {
      event.preventDefault();
      this.attach([...event.dataTransfer.files]);
    });
  }

  grow() {
    this.text.style.height = "auto";
    if (this.text.scrollHeight) this.text.style.height = `${Math.min(this.text.scrollHeight, MOST_HEIGHT)}px`;
  }

  focus() {
    this.grow();
    if (matchMedia("(hover: hover)").matches && !document.querySelector("dialog[open]"))
      this.text.focus({ preventScroll: true });
  }

  end() {
    this.stop();
    this.completion.close();
  }

  changed() {
    drafts.set(this.key, this.text.value);
    this.grow();
    this.sendButton.disabled = this.busy || (!this.text.value.trim() && !this.files.length);
    this.drawHint();
  }

  // While a known command is being written: what may follow, and whether its app can answer at all.
  drawHint() {
    const word = /^\/\S+/.exec(this.text.value)?.[0];
    const command = word && commandsOf().find((one) => one.command === word);
    if (!command) return replace(this.hint);
    const away = command.app && command.app.mode !== "none" && !command.app.connected;
    return replace(
      this.hint,
      h("strong", {}, command.command),
      " ",
      command.usage_hint ? h("code", {}, command.usage_hint) : null,
      " ",
      command.description,
      away ? h("span", { class: "hint-away" }, ` ${command.app.name} is not connected.`) : null,
    );
  }

  keyDown(event) {
    if (event.isComposing || this.completion.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "ArrowUp" && !this.text.value) {
      const articles = this.element.closest(".conversation, .thread")?.querySelectorAll("article.message");
      if (articles?.length) {
        event.preventDefault();
        [...articles].at(-1).focus();
      }
    }
  }

  insert(text) {
    this.text.focus();
    this.text.setRangeText(text, this.text.selectionStart, this.text.selectionEnd, "end");
    this.text.dispatchEvent(new Event("input"));
  }

  async attach(files) {
    for (const file of files) {
      try {
        this.files.push(await store.api.upload(file));
      } catch (error) {
        notify(`${file.name}: ${error.message}`);
      }
    }
    this.drawFiles();
    this.text.focus();
  }

  drawFiles() {
    replace(
      this.attached,
      this.files.map((file) =>
        h(
          "li",
          { class: "file-card" },
          icon("file"),
          h("span", {}, file.name, h("span", { class: "muted" }, ` ${fileSize(file.size)}`)),
          h(
            "button",
            {
              type: "button",
              class: "icon-button",
              "aria-label": `Remove ${file.name}`,
              onclick: () => {
                this.files = this.files.filter((other) => other !== file);
                this.drawFiles();
              },
            },
            icon("close", 14),
          ),
        ),
      ),
    );
    this.changed();
  }

  async submit() {
    const text = this.text.value.trim();
    if (this.busy || (!text && !this.files.length)) return;
    const isCommand = /^\/[^\s/]/.test(text) && !this.files.length;
    const { files } = this;
    // A message goes at once; a command stays to be seen until its app has answered.
    if (!isCommand) this.write("", []);
    this.wait(true);
    const answer = isCommand ? await gesture("/sandbox/command", this.body({ text })) : await this.say(text, files);
    this.wait(false);
    if (document.activeElement === document.body) this.text.focus();
    // What went wrong is still there to be tried again.
    if (!answer || answer.acknowledged === false) this.write(text, files);
    else if (isCommand) this.write("", []);
  }

  write(text, files) {
    this.text.value = text;
    this.files = files;
    this.drawFiles();
  }

  say(text, files) {
    return send(
      "/sandbox/say",
      this.body({ text, files: files.map((file) => file.id), broadcast: this.broadcast?.checked || undefined }),
    );
  }

  body(more) {
    return { channel: this.channel, ...(this.thread ? { thread_ts: this.thread } : {}), ...more };
  }

  wait(busy) {
    this.busy = busy;
    this.sendButton.setAttribute("aria-busy", String(busy));
    this.text.readOnly = busy;
    this.changed();
  }

  shortcuts(anchor) {
    const items = [];
    for (const app of store.apps.values()) {
      const global = app.shortcuts.filter((one) => one.type === "global");
      if (global.length)
        items.push(
          `${app.name}: shortcuts`,
          ...global.map((one) => ({
            label: one.name,
            note: one.description,
            icon: "bolt",
            run: () => gesture("/sandbox/shortcut", { callback_id: one.callback_id, app: app.id }),
          })),
        );
      if (app.commands.length)
        items.push(
          `${app.name}: commands`,
          ...app.commands.map((one) => ({
            label: one.command,
            note: one.description,
            icon: "code",
            run: () => this.begin(one.command),
          })),
        );
    }
    openMenu(anchor, items.length ? items : ["No app offers shortcuts here."], { label: "Shortcuts and commands" });
  }

  begin(command) {
    this.text.value = "";
    this.insert(`${command} `);
  }
}
