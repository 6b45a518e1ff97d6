// SPDX-License-Identifier: EUPL-1.2
// One screen at a time; its heading is read out when it comes.
export function screens(root) {
  const all = [...root.querySelectorAll("[data-screen]")];
  return (name) => {
    for (const each of all) each.hidden = each.dataset.screen !== name;
    const heading = all.find((each) => !each.hidden)?.querySelector("h2");
    heading?.focus();
    scrollTo(0, 0);
  };
}
