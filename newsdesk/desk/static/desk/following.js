// A page that follows a batch: new numbers every few seconds, until it is through. Only a change of state is announced.
const batch = document.getElementById("batch");
const bar = batch.querySelector("progress");
const said = batch.querySelector("[role=status]");
const pause = document.getElementById("pause");
const SECONDS = 3;
let paused = false;

function say(words) {
  if (said.textContent !== words) said.textContent = words;
}

function show(answer) {
  bar.max = answer.total;
  bar.value = answer.ended;
  for (const place of batch.querySelectorAll("[data-figure]")) place.textContent = answer.figures[place.dataset.figure];
}

async function ask() {
  if (!paused && !document.hidden) {
    try {
      const response = await fetch(batch.dataset.url, { headers: { Accept: "application/json" } });
      if (!response.ok || response.redirected) throw new Error(response.status);
      const answer = await response.json();
      show(answer);
      say(answer.left ? "" : batch.dataset.through);
      if (!answer.left) return void (pause.hidden = true);
    } catch {
      say(batch.dataset.away);
    }
  }
  setTimeout(ask, SECONDS * 1000);
}

pause.hidden = false;
pause.addEventListener("click", () => {
  paused = !paused;
  pause.textContent = paused ? batch.dataset.goOn : batch.dataset.pause;
  say(paused ? batch.dataset.paused : "");
});
setTimeout(ask, 1000);
