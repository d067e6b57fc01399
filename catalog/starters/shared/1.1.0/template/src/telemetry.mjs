// Counts use without names: once a day and browser, a hash that says nothing about who it is.
// Several apps may be served from one host and then share what the browser keeps, so that the day is kept for each app.
const KEY = "visitor";
const dayKey = (slug) => `${slug}-counted-on`;

/** The body of one report, as text. `visitor` is 64 hex characters. */
export const report = (slug, visitor) => JSON.stringify({ app: slug, visitor });

/** True when this browser was not counted on that day, and its owner has not asked to be left alone. */
export const isDue = (store, slug, day, doNotTrack) => doNotTrack !== "1" && store.getItem(dayKey(slug)) !== day;

export const hash = async (text) => {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

/** Tell the portal that somebody uses the app today. Never fails: an app works the same when nobody listens. */
export const count = async ({ slug, telemetry }, given = null, now = new Date()) => {
  try {
    const store = given ?? globalThis.localStorage;
    const day = now.toISOString().slice(0, 10);
    if (!telemetry || !isDue(store, slug, day, globalThis.navigator?.doNotTrack)) return false;
    const id = store.getItem(KEY) ?? crypto.randomUUID();
    store.setItem(KEY, id);
    const body = report(slug, await hash(`${id} ${slug}`));
    // Without a referrer: the address of a page may hold what nobody else should read.
    const request = { method: "POST", mode: "cors", credentials: "omit", keepalive: true, referrerPolicy: "no-referrer", body };
    await fetch(telemetry, request);
    store.setItem(dayKey(slug), day);
    return true;
  } catch {
    return false;
  }
};
