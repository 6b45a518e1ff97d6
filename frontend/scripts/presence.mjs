// SPDX-License-Identifier: EUPL-1.2
// While an answer is being written, colleagues who open the case are told. The page itself asks who else is (htmx).
const EVERY = 20_000;
const WRITING = "#responder, #enviar-a-aprobacion";

export function presence(root) {
  let last = 0;

  function sign() {
    const place = root.querySelector("[data-presence]");
    const token = root.querySelector("[name=csrfmiddlewaretoken]")?.value;
    if (!place || !token || Date.now() - last < EVERY) return;
    last = Date.now();
    fetch(place.dataset.presence, { method: "POST", headers: { "X-CSRFToken": token } }).catch(() => {});
  }

  root.addEventListener("focusin", (event) => event.target.closest(WRITING)?.open && sign());
  root.addEventListener("input", (event) => event.target.closest(WRITING) && sign());
}
