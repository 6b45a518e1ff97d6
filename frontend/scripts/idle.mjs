// SPDX-License-Identifier: EUPL-1.2
// A screen that many use goes back to its beginning once nobody touches it: `data-idle` seconds, `data-idle-to` where. The
// time that is left is seen, whoever needs more says so, and nothing that was typed stays.

const WARNED = 20;

function forget(root) {
  for (const form of root.querySelectorAll("form")) {
    delete form.dataset.dirty; // nobody is there who could be asked
    form.reset();
  }
  try {
    sessionStorage.clear();
    localStorage.clear();
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

export function idle(root) {
  const part = root.querySelector("[data-idle-to]");
  if (!part) return;
  const [left, more, said] = ["left", "more", "said"].map((name) => root.querySelector(`[data-idle-${name}]`));
  const wait = Number(part.dataset.idle);
  let until = 0;
  const begin = () => {
    until = Date.now() + wait * 1000;
    if (said) said.textContent = "";
    if (left) left.textContent = wait;
  };
  const leave = () => {
    forget(root);
    location.replace(part.dataset.idleTo);
  };
  const tick = () => {
    const seconds = Math.ceil((until - Date.now()) / 1000);
    if (seconds <= 0) {
      clearInterval(timer);
      leave();
      return;
    }
    if (left) left.textContent = seconds;
    if (said && !part.hidden && seconds <= WARNED && !said.textContent) {
      said.textContent = `Quedan ${seconds} segundos. Pulse una tecla o «Necesito más tiempo» para seguir.`;
    }
  };
  if (more) more.hidden = false;
  for (const touch of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(touch, begin, { passive: true });
  addEventListener("pageshow", (event) => event.persisted && leave()); // whoever goes back finds the beginning
  begin();
  const timer = setInterval(tick, 1000);
  if (root.body.classList.contains("siac-kiosk")) {
    for (const each of root.querySelectorAll("form, input, textarea, select")) each.setAttribute("autocomplete", "off");
  }
}

// What helps to read a screen: letters, contrast and voice change at once, and nothing that was typed is lost.
export function aids(root) {
  for (const link of root.querySelectorAll("[data-aid]")) {
    link.addEventListener("click", (event) => {
      if (![...root.querySelectorAll("form input:not([type=hidden]), textarea")].some((each) => each.value)) return;
      event.preventDefault();
      fetch(link.href, { redirect: "manual" });
      const list = root.body.classList;
      if (link.dataset.aid === "contrast") {
        list.toggle("siac-contrast");
        return;
      }
      const now = [1, 2, 3].find((size) => list.contains(`siac-letter-${size}`)) ?? 1;
      list.replace(`siac-letter-${now}`, `siac-letter-${(now % 3) + 1}`);
    });
  }
  const button = root.querySelector("[data-listen]");
  if (!button || !("speechSynthesis" in window)) return;
  const offer = () => {
    button.hidden = speechSynthesis.getVoices().length === 0;
  };
  offer();
  speechSynthesis.addEventListener?.("voiceschanged", offer);
  button.addEventListener("click", () => {
    speechSynthesis.cancel();
    const said = new SpeechSynthesisUtterance(root.querySelector("main").innerText);
    said.lang = "es";
    speechSynthesis.speak(said);
  });
}
