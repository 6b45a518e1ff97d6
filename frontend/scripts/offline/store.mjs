// SPDX-License-Identifier: EUPL-1.2
// Where sealed rows lie on the device: how many there are can be told without the passphrase, nothing else.
const STORES = ["meta", "pending", "done"];

const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

export async function store(slug) {
  const asked = indexedDB.open(`siac-terreno-${slug}`, 1);
  asked.onupgradeneeded = () => {
    for (const name of STORES) asked.result.createObjectStore(name);
  };
  const base = await settled(asked);
  base.onversionchange = () => base.close();

  // All of it is written, or nothing: `work` gets the stores by name.
  const written = (work) =>
    new Promise((resolve, reject) => {
      const change = base.transaction(STORES, "readwrite", { durability: "strict" });
      change.oncomplete = () => resolve();
      change.onabort = change.onerror = () => reject(change.error);
      work(Object.fromEntries(STORES.map((name) => [name, change.objectStore(name)])));
    });
  const reading = (name) => base.transaction(name).objectStore(name);

  return {
    get: (name, key) => settled(reading(name).get(key)),
    keys: (name) => settled(reading(name).getAllKeys()),
    count: (name) => settled(reading(name).count()),
    put: (name, key, row) => written((stores) => stores[name].put(row, key)),
    remove: (name, key) => written((stores) => stores[name].delete(key)),
    written,
    // What was typed goes in the same step in which its receipt comes.
    settle: (key, row) =>
      written((stores) => {
        stores.pending.delete(key);
        stores.done.put(row, key);
      }),
    forget: () =>
      written((stores) => {
        for (const name of STORES) stores[name].clear();
      }),
  };
}
