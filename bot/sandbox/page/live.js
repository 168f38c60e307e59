// The live line from the sandbox: one WebSocket that comes back by itself and asks for what it missed.

const FIRST_WAIT = 400;
const LONGEST_WAIT = 5000;

export class Live {
  /** `onEvent(event)` gets each pushed object, `onState(online)` hears when the line is lost or back. */
  constructor({ as, after, onEvent, onState }) {
    Object.assign(this, { as, after, onEvent, onState, log: false, wait: FIRST_WAIT, ended: false });
    this.open();
  }

  open() {
    const query = new URLSearchParams({ as: this.as, after: this.after, ...(this.log ? { log: 1 } : {}) });
    const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/sandbox/live?${query}`);
    this.socket = socket;
    socket.addEventListener("open", () => {
      this.wait = FIRST_WAIT;
      this.onState(true);
    });
    socket.addEventListener("message", ({ data }) => this.socket === socket && this.receive(JSON.parse(data)));
    socket.addEventListener("close", () => this.socket === socket && this.lost());
  }

  receive(event) {
    if (typeof event.seq === "number") this.after = Math.max(this.after, event.seq);
    this.onEvent(event);
  }

  lost() {
    if (this.ended) return;
    this.onState(false);
    this.timer = setTimeout(() => this.open(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  /** The inspector's entries come only while somebody looks at them. */
  wantLog(log) {
    if (this.log === log) return;
    this.log = log;
    this.reopen();
  }

  reopen() {
    clearTimeout(this.timer);
    const old = this.socket;
    this.socket = null;
    old?.close();
    if (!this.ended) this.open();
  }

  end() {
    this.ended = true;
    this.reopen();
  }
}
