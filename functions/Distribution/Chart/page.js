// Asks for newer figures and puts them in place of the old ones. Loading the page anew would lose what the reader has done
// since: the place, the focus, what is unfolded and how far a table is scrolled.
const seconds = Number(document.querySelector("main").dataset.refresh);

async function refresh() {
  if (document.hidden || getSelection().type === "Range") return;
  let next;
  try {
    const answer = await fetch(location.href, { cache: "no-cache" });
    if (!answer.ok) throw new Error(answer.statusText);
    next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  } catch {
    document.getElementById("stale").hidden = false;
    return;
  }

  document.getElementById("stale").hidden = true;

  // Only now: where an answer takes longer than the time between two, another one may have come and been put in place.
  const shown = document.querySelector("main");
  const scrolled = new Map([...shown.querySelectorAll(".scroll")].map((table) => [table.id, table]));
  for (const unfolded of shown.querySelectorAll("details[open]")) {
    next.querySelector(`#${unfolded.id}`)?.setAttribute("open", "");
  }
  if (next.isEqualNode(shown)) return;

  const focused = document.activeElement?.id;
  const places = [...scrolled].map(([id, table]) => [id, table.scrollLeft, table.scrollTop]);
  const [left, top] = [scrollX, scrollY];
  shown.replaceWith(next);
  for (const [id, x, y] of places) document.getElementById(id)?.scrollTo(x, y);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  scrollTo(left, top);
}

if (seconds > 0) {
  setInterval(refresh, seconds * 1000);
  document.addEventListener("visibilitychange", refresh);
}
