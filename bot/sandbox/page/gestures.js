// What a person does, sent to the sandbox; what went wrong is said. The stack of forms is not taken from
// the answers: the live line tells it in order, an answer may come after something newer.
import { notify } from "./notices.js";
import { store } from "./store.js";

/** Answer, or null when it was refused or nobody answered. */
export function gesture(path, body) {
  return send(path, body, (answer) => answer.notice);
}

/** A channel's own verbs, a reaction, a pin: no app is waited for, a refusal is said. */
export async function send(path, body, noticeOf = () => null) {
  // Whoever looks by the time the answer comes is told nothing that concerns somebody else.
  const asked = store.api;
  const say = (text) => text && store.api === asked && notify(text);
  try {
    const answer = await asked.post(path, body);
    say(noticeOf(answer));
    return answer;
  } catch (error) {
    say(error.message);
    return null;
  }
}
