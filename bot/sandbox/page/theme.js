// Light, dark, or as the system says; remembered in this browser only.

const KEY = "sandbox-theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

function apply(choice) {
  if (choice) document.documentElement.dataset.theme = choice;
  else delete document.documentElement.dataset.theme;
}

export function isDark() {
  return (localStorage.getItem(KEY) ?? (dark.matches ? "dark" : "light")) === "dark";
}

export function toggleTheme() {
  const choice = isDark() ? "light" : "dark";
  localStorage.setItem(KEY, choice);
  apply(choice);
  return choice;
}

apply(localStorage.getItem(KEY));
