// Where a select's choices come from: its own list, the app, or the workspace's people and channels.
// Every source answers groups `[{label, items: [{value, key, label, note, icon}]}]`.
import { store } from "../store.js";
import { plain } from "../text.js";

const NEEDED_LETTERS = 3;

function optionItem(option, external) {
  return {
    key: option.value,
    value: external ? option : option.value,
    label: plain(option.text.text),
    note: option.description ? plain(option.description.text) : null,
  };
}

function optionGroups({ options, option_groups: groups }, external = false) {
  const list = groups ?? [{ options: options ?? [] }];
  return list.map((group) => ({
    label: group.label ? plain(group.label.text) : null,
    items: (group.options ?? []).map((option) => optionItem(option, external)),
  }));
}

function personItem(person) {
  return {
    key: person.id,
    value: person.id,
    label: person.name,
    note: person.title || null,
    icon: "at",
    also: person.handle,
  };
}

const SIGNS = { public: "hash", private: "lock", im: "at", mpim: "people" };

function channelItem(channel) {
  return { key: channel.id, value: channel.id, label: channel.name, note: null, icon: SIGNS[channel.kind] };
}

function people() {
  const all = [...store.people.values()].filter((person) => !person.deleted);
  return [
    { label: null, items: [...all.filter((one) => !one.is_bot), ...all.filter((one) => one.is_bot)].map(personItem) },
  ];
}

function channels(allowed) {
  const items = [...store.channels.values()]
    .filter((channel) => !channel.is_archived && allowed(channel))
    .map(channelItem);
  return [{ label: null, items: items.sort((one, other) => one.label.localeCompare(other.label)) }];
}

/** A conversations select may ask for some kinds only, and for no conversation with a bot. */
function conversationFilter(filter = {}) {
  return (channel) => {
    if (filter.include && !filter.include.includes(channel.kind)) return false;
    return !(filter.exclude_bot_users && channel.kind === "im" && store.person(channel.user)?.is_bot);
  };
}

/** `{load(query), local, needs}`: local sources are filtered by the page; others asked again for each query. */
export function sourceOf(item, field) {
  const kind = item.type.replace("multi_", "").replace("_select", "");
  if (kind === "external") return external(item, field);
  const load = {
    static: () => optionGroups(item),
    users: people,
    conversations: () => channels(conversationFilter(item.filter)),
    channels: () => channels((channel) => channel.kind === "public"),
  }[kind];
  return { local: true, needs: 0, load: async () => load(), known: () => load().flatMap((group) => group.items) };
}

function external(item, field) {
  return {
    local: false,
    needs: item.min_query_length ?? NEEDED_LETTERS,
    load: async (query) => optionGroups(await field.surface.options(field.block, item, query), true),
    known: () =>
      [item.initial_option, ...(item.initial_options ?? []), ...[field.value ?? []].flat()]
        .filter((option) => option?.text)
        .map((option) => optionItem(option, true)),
  };
}

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Keep what holds the letters, whatever their accents or case. */
export function matching(groups, query) {
  const wanted = fold(query.trim());
  if (!wanted) return groups;
  return groups.map((group) => ({
    ...group,
    items: group.items.filter((entry) =>
      fold(`${entry.label} ${entry.note ?? ""} ${entry.also ?? ""}`).includes(wanted),
    ),
  }));
}
