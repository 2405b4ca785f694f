// A page that waits for its article to be processed: ask now and then, and load again when it is.
const waiting = document.getElementById("waiting");

async function ask() {
  if (!document.hidden) {
    try {
      const answer = await fetch(waiting.dataset.url, { headers: { Accept: "application/json" } });
      if (answer.ok && !answer.redirected && (await answer.json()).ended) return location.reload();
    } catch { /* the server is away; ask again */ }
  }
  setTimeout(ask, 1500);
}

if (waiting) setTimeout(ask, 700);
