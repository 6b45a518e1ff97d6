// SPDX-License-Identifier: EUPL-1.2
// Keeps the page on the device. A newer one waits until whoever works here takes it: it changes nothing that is kept.
const HOUR = 3_600_000;

export async function keepPage(address, scope, notice, mayReload) {
  let registration;
  try {
    registration = await navigator.serviceWorker.register(address, { scope, updateViaCache: "none" });
  } catch {
    return; // without network, or signed out: the one that is here goes on
  }
  const had = Boolean(navigator.serviceWorker.controller);
  const tell = () => {
    notice.hidden = !(registration.waiting && had);
  };
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", tell));
  tell();
  notice.querySelector("button").addEventListener("click", () => {
    if (mayReload() || confirm("Lo que está escribiendo queda guardado, cifrado. ¿Actualizar ahora?")) registration.waiting?.postMessage("activar");
  });
  navigator.serviceWorker.addEventListener("controllerchange", () => had && location.reload());
  setInterval(() => registration.update().catch(() => {}), HOUR);
}
