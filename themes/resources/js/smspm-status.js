// Seconds between two questions: nobody waits longer than two in the first fifteen, then the pauses grow.
const PAUSES = [1, 1.8, 1.8, 1.8, 1.8, 1.8, 1.8, 1.8, 1.8, 10, 20, 45];

const line = document.getElementById("smspm-delivery");
const pauses = [...PAUSES];
let timer;

document.addEventListener("visibilitychange", next);
next();

/** Waits for the next question, but not in a page that nobody looks at, and not for ever. */
function next() {
  clearTimeout(timer);
  if (!line.dataset.path || document.hidden) {
    return;
  }
  if (pauses.length === 0) {
    // Nobody will tell any more; what stands there may have been true a minute ago.
    show("unknown");
    line.dataset.path = "";
    return;
  }
  timer = setTimeout(ask, pauses[0] * 1000);
}

async function ask() {
  pauses.shift();
  try {
    const answer = await fetch(line.dataset.path, { cache: "no-store", credentials: "omit" });
    if (answer.ok) {
      tell(await answer.json());
    } else {
      line.dataset.path = "";
    }
  } catch {
    // No network: perhaps at the next question.
  }
  next();
}

function tell({ state, complete, resend }) {
  show(state);
  if (complete) {
    line.dataset.path = "";
  }
  if (state === "failed") {
    // What the page says above is no longer true.
    document.querySelectorAll("#smspm-lead > *").forEach((it) => (it.hidden = true));
    document.getElementById("smspm-named-ways")?.removeAttribute("hidden");
    document.getElementById("smspm-any-way")?.setAttribute("hidden", "");
  }
  if (resend) {
    document.getElementById("smspm-wait")?.remove();
    document.querySelector('button[name="resend"]')?.removeAttribute("disabled");
  }
}

/** Only a change is announced. */
function show(state) {
  const text = line.dataset[state];
  if (text && line.textContent.trim() !== text) {
    line.textContent = text;
  }
}
