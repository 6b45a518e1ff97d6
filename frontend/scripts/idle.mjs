// SPDX-License-Identifier: EUPL-1.2
// A screen that many use goes back to its beginning once nobody touches it: `data-idle` seconds, `data-idle-to` where.

export function idle(root) {
  const part = root.querySelector("[data-idle-to]");
  if (!part) return;
  const wait = Number(part.dataset.idle) * 1000;
  let timer = 0;
  const begin = () => {
    clearTimeout(timer);
    timer = setTimeout(() => location.replace(part.dataset.idleTo), wait);
  };
  for (const touch of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(touch, begin, { passive: true });
  begin();
}
