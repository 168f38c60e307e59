// Dates as the person at the page reads them: in their own zone and their own locale.

const formatters = new Map();

function format(seconds, zone, locale, options) {
  const key = JSON.stringify([zone, locale, options]);
  if (!formatters.has(key)) formatters.set(key, makeFormatter(zone, locale, options));
  return formatters.get(key).format(new Date(seconds * 1000));
}

function makeFormatter(zone, locale, options) {
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
  }
}

const SHORT = { day: "numeric", month: "short", year: "numeric" };
const PLAIN = { day: "numeric", month: "long", year: "numeric" };
const LONG = { weekday: "long", ...PLAIN };
const TIME = { hour: "numeric", minute: "2-digit" };

/** A reader: `{tz, locale, now}` with `now` a function giving the sandbox's seconds. */
export function timeOf(seconds, reader) {
  return format(seconds, reader.tz, reader.locale, TIME);
}

export function fullTime(seconds, reader) {
  return `${format(seconds, reader.tz, reader.locale, LONG)}, ${format(seconds, reader.tz, reader.locale, { ...TIME, second: "2-digit", timeZoneName: "short" })}`;
}

/** The calendar day in the reader's zone as `2026-01-31`: equal for two times on the same day there. */
export function dayKey(seconds, zone) {
  return format(seconds, zone, "en-CA", { year: "numeric", month: "2-digit", day: "2-digit" });
}

export function dayName(seconds, reader) {
  return relativeDay(seconds, reader) ?? format(seconds, reader.tz, reader.locale, LONG);
}

function relativeDay(seconds, reader) {
  const day = dayKey(seconds, reader.tz);
  const now = reader.now();
  if (day === dayKey(now, reader.tz)) return "Today";
  if (day === dayKey(now - 86400, reader.tz)) return "Yesterday";
  if (day === dayKey(now + 86400, reader.tz)) return "Tomorrow";
  return null;
}

function ago(seconds, reader) {
  const difference = seconds - reader.now();
  const relative = new Intl.RelativeTimeFormat(reader.locale, { numeric: "auto" });
  for (const [unit, size] of [
    ["day", 86400],
    ["hour", 3600],
    ["minute", 60],
  ]) {
    if (Math.abs(difference) >= size) return relative.format(Math.trunc(difference / size), unit);
  }
  return relative.format(Math.trunc(difference), "second");
}

const PATTERNS = {
  date: PLAIN,
  date_short: SHORT,
  date_long: LONG,
  date_long_full: LONG,
  day_divider: LONG,
  time: TIME,
  time_secs: { ...TIME, second: "2-digit" },
};

function token(name, seconds, reader) {
  if (name === "date_num") return dayKey(seconds, reader.tz);
  if (name === "date_slash")
    return format(seconds, reader.tz, reader.locale, { year: "numeric", month: "2-digit", day: "2-digit" });
  if (name === "ago") return ago(seconds, reader);
  const pretty = name.endsWith("_pretty");
  const pattern = PATTERNS[pretty ? name.slice(0, -"_pretty".length) : name];
  if (!pattern) return null;
  const relative = pretty ? relativeDay(seconds, reader) : null;
  return relative ? relative.toLowerCase() : format(seconds, reader.tz, reader.locale, pattern);
}

/** Fill Slack's date tokens (`{date_short} at {time}`); an unknown token makes the fallback show, as in Slack. */
export function dateTokens(seconds, pattern, fallback, reader) {
  if (!Number.isFinite(seconds)) return fallback;
  let known = true;
  const text = pattern.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = token(name, seconds, reader);
    if (value === null) known = false;
    return value ?? whole;
  });
  if (!known) return fallback;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function offsetOf(seconds, zone) {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    })
      .formatToParts(new Date(seconds * 1000))
      .map((part) => [part.type, Number(part.value)]),
  );
  const wall = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second) / 1000;
  return wall - Math.floor(seconds);
}

/** Seconds of a wall-clock text (`2026-01-31T09:30`) in a zone; asked twice because the offset may change nearby. */
export function secondsOfWall(text, zone) {
  const wall = Date.parse(`${text}Z`) / 1000;
  if (!Number.isFinite(wall)) return null;
  const guess = wall - offsetOf(wall, zone);
  return wall - offsetOf(guess, zone);
}

/** The wall-clock text a `datetime-local` field takes for a time, in a zone. */
export function wallOf(seconds, zone) {
  return new Date((seconds + offsetOf(seconds, zone)) * 1000).toISOString().slice(0, 16);
}
