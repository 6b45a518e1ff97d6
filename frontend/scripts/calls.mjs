// SPDX-License-Identifier: EUPL-1.2
// The screen that calls: a sound and a voice for whoever is called anew, and since when it hears nothing.

function ring(context) {
  const start = context.currentTime;
  for (const [place, pitch] of [660, 880].entries()) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.4, start + place * 0.35);
    volume.gain.exponentialRampToValueAtTime(0.001, start + place * 0.35 + 0.6);
    tone.connect(volume).connect(context.destination);
    tone.start(start + place * 0.35);
    tone.stop(start + place * 0.35 + 0.6);
  }
}

function speak(words) {
  if (!("speechSynthesis" in window)) return;
  const said = new SpeechSynthesisUtterance(words.replace(/ 0+(\d)/, " $1"));
  said.lang = "es";
  said.rate = 0.9;
  speechSynthesis.speak(said);
}

export function calls(root) {
  const first = root.querySelector("[data-calls]");
  if (!first) return;
  const gone = root.querySelector("[data-calls-gone]");
  const button = root.querySelector("[data-calls-sound]");
  const context = "AudioContext" in window ? new AudioContext() : null;
  const said = root.querySelector("[data-calls-said]");
  let known = first.dataset.calls;
  let heard = new Date();
  let calling = [];
  const call = (words) => {
    calling.forEach(clearTimeout); // a call that is not over yet gives way to the one after it
    if (context?.state === "running") ring(context);
    if (said) said.textContent = words;
    root.body.classList.add("siac-calls--new");
    calling = [
      setTimeout(() => speak(words), 800),
      setTimeout(() => speak(words), 7000), // once more, for whoever was not listening
      setTimeout(() => root.body.classList.remove("siac-calls--new"), 8000),
    ];
  };
  const silent = () => {
    if (button) button.hidden = !context || context.state === "running";
  };
  context?.addEventListener("statechange", silent);
  button?.addEventListener("click", () => context.resume());
  silent();
  root.body.addEventListener("htmx:afterSettle", () => {
    gone.hidden = true;
    root.body.classList.remove("siac-calls--gone");
    heard = new Date();
    const part = root.querySelector("[data-calls]");
    if (part.dataset.calls && part.dataset.calls !== known) {
      call(part.dataset.say);
    }
    known = part.dataset.calls;
  });
  for (const failed of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    root.body.addEventListener(failed, () => {
      if (!gone.hidden) return;
      const since = heard.toLocaleTimeString("es", { hour: "2-digit", minute: "2-digit" });
      gone.textContent = `Sin conexión desde ${since}. Atienda a los llamados del mesón.`;
      gone.hidden = false;
      root.body.classList.add("siac-calls--gone"); // what it said of waiting is true no more
    });
  }
}

// A ticket is printed by its button, or at once where the screen has a printer.
export function tickets(root) {
  const button = root.querySelector("[data-print]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => window.print());
  if (root.querySelector("[data-print-now]")) window.print();
}
