// Asks for newer figures and puts them in place of the old ones. Loading the page anew would lose what the reader has done
// since: the place, the focus, what is unfolded and how far a table is scrolled.
const seconds = Number(document.querySelector("main").dataset.refresh);
let asked = 0;
let answered = 0;

async function ask() {
  try {
    const answer = await fetch(location.href, { cache: "no-cache" });
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main") : null;
  } catch {
    return null;
  }
}

async function refresh() {
  if (document.hidden || getSelection().type === "Range") return;
  const turn = ++asked;
  const next = await ask();

  // An answer can take longer than the time between two questions. What a later one has brought stays then.
  if (turn < answered) return;
  answered = turn;
  document.getElementById("stale").hidden = next !== null;
  if (next === null) return;

  // Only now, since what was shown when it was asked may have been replaced.
  const shown = document.querySelector("main");
  for (const unfolded of shown.querySelectorAll("details[open]")) {
    next.querySelector(`#${unfolded.id}`)?.setAttribute("open", "");
  }
  if (next.isEqualNode(shown)) return;

  const focused = document.activeElement?.id;
  const places = [...shown.querySelectorAll(".scroll")].map((table) => [table.id, table.scrollLeft, table.scrollTop]);
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
