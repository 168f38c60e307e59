// What a person does, sent to the sandbox; what went wrong is said. The stack of forms is not taken from
// the answers: the live line tells it in order, an answer may come after something newer.
import { notify } from "./notices.js";
import { store } from "./store.js";

/** Answer, or null when it was refused or nobody answered. */
export async function gesture(path, body) {
  try {
    const answer = await store.api.post(path, body);
    if (answer.notice) notify(answer.notice);
    return answer;
  } catch (error) {
    notify(error.message);
    return null;
  }
}

/** A channel's own verbs, a reaction, a pin: no app is waited for, a refusal is said. */
export async function send(path, body) {
  try {
    return await store.api.post(path, body);
  } catch (error) {
    notify(error.message);
    return null;
  }
}
