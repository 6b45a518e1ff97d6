// SPDX-License-Identifier: EUPL-1.2
// Orders the places of a page by how near they are. Where somebody is stays in their browser: nothing is sent.
const RADIANS = Math.PI / 180;

function kilometres(lat, lon, item) {
  const [south, west, north, east] = [lat, lon, +item.dataset.lat, +item.dataset.lon].map((each) => each * RADIANS);
  const chord = Math.sin((north - south) / 2) ** 2 + Math.cos(south) * Math.cos(north) * Math.sin((east - west) / 2) ** 2;
  return 12742 * Math.asin(Math.sqrt(Math.min(1, chord)));
}

function order(list, { latitude, longitude }) {
  const items = [...list.children].map((item) => ({ item, far: item.dataset.lat ? kilometres(latitude, longitude, item) : Infinity }));
  items.sort((one, other) => one.far - other.far);
  for (const { item, far } of items) {
    list.append(item);
    const words = far < 10 ? far.toFixed(1).replace(".", ",") : Math.round(far);
    if (far < Infinity) item.querySelector("[data-distance]").textContent = ` · a unos ${words} km`;
  }
}

export function near(root) {
  const box = root.querySelector("[data-near]");
  const list = root.querySelector("[data-points]");
  if (!box || !list || !navigator.geolocation) return;
  box.hidden = false;
  const said = box.querySelector("[role=status]");
  box.querySelector("button").addEventListener("click", () => {
    said.textContent = "Buscando…";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        order(list, coords);
        said.textContent = "Ordenados del más cercano al más lejano.";
      },
      () => {
        said.textContent = "Su equipo no dijo dónde está. Escriba su comuna en «Cerca de».";
      },
      { maximumAge: 600000, timeout: 15000 },
    );
  });
}
