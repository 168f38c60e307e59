// Copying, where the browser allows it.
import { notify } from "./notices.js";

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    notify("Copied.", "info");
  } catch {
    notify(`This browser does not let the page copy. The text is: ${text}`, "info");
  }
}
