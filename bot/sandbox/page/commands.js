// The slash commands one may write: the apps' own, and the few that are Slack's.
import { store } from "./store.js";

const SLACKS_OWN = [
  ["/invite", "@somebody", "Invite a person or an app to this channel"],
  ["/topic", "text", "Set this channel's topic"],
  ["/join", "#channel", "Join a channel"],
  ["/leave", "", "Leave this channel"],
  ["/archive", "", "Archive this channel"],
  ["/dm", "@somebody text", "Write to somebody"],
  ["/me", "text", "Say what you are doing"],
].map(([command, hint, description]) => ({ command, usage_hint: hint, description, app: null }));

export function commandsOf() {
  const apps = [...store.apps.values()].flatMap((app) => app.commands.map((one) => ({ ...one, app })));
  return [...apps, ...SLACKS_OWN];
}
