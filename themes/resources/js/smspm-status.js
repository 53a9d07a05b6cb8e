// Seconds from one question to the next, whatever its answer takes. In the first fifteen nobody waits longer than two,
// a round trip of 0.4 included; then the pauses grow in earnest.
const PAUSES = [1.2, 1.5, 1.51, 1.52, 1.53, 1.54, 1.55, 1.56, 1.57, 1.58, 15, 45];

// For whoever comes back to the page, having looked for the message.
const LONGEST_AFTER_RETURN = 2;

// An answer that takes longer is given up: so at most four hang, and a browser has room for the form beside them.
const LONGEST_ANSWER = 5;

const line = document.getElementById("smspm-delivery");
const pauses = [...PAUSES];
let asked = performance.now();
let newestTold = pauses.length;
let timer;

document.addEventListener("visibilitychange", () => plan(LONGEST_AFTER_RETURN));
plan();

/** Waits for the next question, but not in a page that nobody looks at, and not for ever. */
function plan(longest = Infinity) {
  clearTimeout(timer);
  if (line.dataset.path && pauses.length > 0 && !document.hidden) {
    timer = setTimeout(ask, asked + Math.min(pauses[0], longest) * 1000 - performance.now());
  }
}

async function ask() {
  pauses.shift();
  const left = pauses.length;
  asked = performance.now();
  plan();
  try {
    const answer = await fetch(line.dataset.path, {
      cache: "no-store",
      credentials: "omit",
      signal: AbortSignal.timeout?.(LONGEST_ANSWER * 1000),
    });
    if (answer.status === 404) {
      giveUp();
    } else if (answer.ok) {
      const message = await answer.json();
      // An answer may be overtaken by that to a later question.
      if (left < newestTold) {
        newestTold = left;
        tell(message);
      }
    }
  } catch {
    // No network, or a proxy without a server behind it: perhaps at the next question.
  }
  if (left === 0 && line.dataset.path) {
    giveUp();
  }
}

/** Nobody will tell any more; what stands there may have been true a minute ago. */
function giveUp() {
  show("unknown");
  stop();
}

function stop() {
  line.dataset.path = "";
  clearTimeout(timer);
}

function tell({ state, complete, resend }) {
  show(state);
  if (complete) {
    stop();
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
