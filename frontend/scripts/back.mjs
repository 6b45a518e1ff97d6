// SPDX-License-Identifier: EUPL-1.2
// «Volver a la lista» leads to the list as it was left, with its view, filters and page.
const KEY = "siac:list";

export function back(root) {
  if (root.querySelector("[data-list=cases]")) sessionStorage.setItem(KEY, location.href);
  const link = root.querySelector("[data-back-list]");
  const kept = sessionStorage.getItem(KEY);
  if (link && kept && new URL(kept).pathname === link.pathname) link.href = kept;
}
