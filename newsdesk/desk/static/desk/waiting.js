// A page that waits for work to end: ask now and then how far it is, and load again when it is over.
const waiting = document.getElementById("waiting");

function show({ done, total }) {
  const bar = document.getElementById("waiting-progress");
  if (!bar || !total) return;
  bar.max = total;
  bar.value = done;
  document.getElementById("waiting-done").textContent = done;
  document.getElementById("waiting-total").textContent = total;
}

async function ask() {
  if (!document.hidden) {
    try {
      const answer = await fetch(waiting.dataset.url, { headers: { Accept: "application/json" } });
      if (answer.ok && !answer.redirected) {
        const state = await answer.json();
        if (state.ended) return location.reload();
        show(state);
      }
    } catch { /* the server is away; ask again */ }
  }
  setTimeout(ask, 1500);
}

if (waiting) setTimeout(ask, 700);
