// Where the person is, kept in the address: `#/<person>/<channel or app>/<thread or tab>`. So the browser's
// back button works, a reload stays, and two windows can be two persons.

export const TABS = ["home", "messages", "about"];

export function readRoute() {
  const [person = null, place = null, third = null] = location.hash
    .replace(/^#\/?/, "")
    .split("/")
    .map(decodeURIComponent)
    .map((part) => part || null);
  const tab = TABS.includes(third) ? third : null;
  return { person, place, tab, thread: tab ? null : third };
}

export function go(person, place = "", third = "") {
  location.hash = `#/${[person, place, third].filter(Boolean).map(encodeURIComponent).join("/")}`;
}
